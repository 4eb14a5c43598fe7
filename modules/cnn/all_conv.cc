#include "modules/cnn/all_conv.h"

#include "modules/backprop/linear.h"
#include "modules/backprop/ops.h"
#include "modules/cnn/conv2d.h"
#include "modules/cnn/dropout.h"

namespace dl {
namespace {

// The mean of each map, [N, C, H, W] → [N, C]: the logits, which losses want in f32 where activations are bf16.
class MeanOfMaps : public Layer {
 public:
  Variable Forward(const Variable& x, const Pass&) override {
    const Variable means = Flatten(AveragePool(x, {.kernel = kWholeMap, .stride = 1}));
    return x.value().dtype() == DType::kBF16 ? Cast(means, DType::kF32) : means;
  }
};

}  // namespace

Sequential AllConv(Random& random, const AllConvOptions& o) {
  Sequential net;
  const auto add = [&](int64_t inputs, int64_t outputs, int64_t kernel, int64_t stride, int64_t padding) {
    net.Add(Conv2d(inputs, outputs, kernel, random, {.stride = stride, .padding = padding}));
    net.Add(Activation(Elementwise::kReLU));
    if (stride > 1) net.Add(Dropout(o.dropout));
  };
  net.Add(Dropout(o.input_dropout));
  add(o.channels, o.first, 3, 1, 1);
  add(o.first, o.first, 3, 1, 1);
  add(o.first, o.first, 3, 2, 1);
  add(o.first, o.second, 3, 1, 1);
  add(o.second, o.second, 3, 1, 1);
  add(o.second, o.second, 3, 2, 1);
  add(o.second, o.second, 3, 1, 0);
  add(o.second, o.second, 1, 1, 0);
  add(o.second, o.classes, 1, 1, 0);
  net.Add(MeanOfMaps());
  return net;
}

}  // namespace dl
