#include "modules/cnn/residual.h"

#include "absl/strings/str_cat.h"
#include "modules/base/check.h"
#include "modules/cnn/conv2d.h"
#include "modules/primitives/reorder.h"

namespace dl {
namespace {

// Channels in and out, and the window, of each convolution of the block.
struct Step {
  int64_t inputs, outputs, kernel, stride;
};

std::vector<Step> StepsOf(const ResidualBlockOptions& o) {
  if (o.bottleneck == 0) return {{o.inputs, o.outputs, 3, o.stride}, {o.outputs, o.outputs, 3, 1}};
  return {{o.inputs, o.bottleneck, 1, 1}, {o.bottleneck, o.bottleneck, 3, o.stride}, {o.bottleneck, o.outputs, 1, 1}};
}

std::unique_ptr<Layer> Projection(const ResidualBlockOptions& o, Random& random) {
  auto projection = std::make_unique<Sequential>();
  projection->Add(Conv2d(o.inputs, o.outputs, 1, random, {.stride = o.stride, .bias = false}));
  projection->Add(BatchNorm2d(o.outputs));
  return projection;
}

// The weights of a 1x1 convolution that copies maps and puts maps of zeros on both sides of them: as a convolution it
// keeps the memory order that its neighbours use.
Tensor PaddingWeights(const ResidualBlockOptions& o) {
  Tensor w = Tensor::Zeros({o.outputs, o.inputs, 1, 1});
  const int64_t front = (o.outputs - o.inputs) / 2;
  for (int64_t c = 0; c < o.inputs; ++c) w.mutable_data()[(front + c) * o.inputs + c] = 1;
  return w;
}

}  // namespace

ResidualBlock::ResidualBlock(const ResidualBlockOptions& o, Random& random) : options_(o) {
  DL_CHECK(o.shortcut != Shortcut::kPadding || o.outputs >= o.inputs)
      << "ResidualBlock: " << o.inputs << " inputs and " << o.outputs << " outputs; padding can only add channels";
  for (const Step& step : StepsOf(o)) {
    if (!body_.empty()) {
      body_.push_back(std::make_unique<BatchNorm2d>(step.inputs, BatchNorm2dOptions{.relu = true}));
    }
    const Conv2dOptions options = {.stride = step.stride, .padding = step.kernel / 2, .bias = false};
    body_.push_back(std::make_unique<Conv2d>(step.inputs, step.outputs, step.kernel, random, options));
  }
  last_norm_ = std::make_unique<BatchNorm2d>(o.outputs, BatchNorm2dOptions{.relu = o.shortcut == Shortcut::kNone});
  const bool fits = o.stride == 1 && o.inputs == o.outputs;
  if (!fits && o.shortcut == Shortcut::kProjection) downsample_ = Projection(o, random);
  if (!fits && o.shortcut == Shortcut::kPadding) padding_ = PaddingWeights(o);
}

// [residual_block]
Variable ResidualBlock::Forward(const Variable& x, const Pass& pass) {
  const std::vector<NamedLayer> children = Children();
  Variable y = x;
  for (size_t i = 0; i < body_.size(); ++i) y = children[i].Forward(y, pass);
  const NamedLayer& last = children[body_.size()];
  if (options_.shortcut == Shortcut::kNone) return last.Forward(y, pass);
  const Variable around = Around(x, pass);
  if (pass.observer != nullptr) return AddReLU(last.Forward(y, pass), around);  // it wants to hear of bn2 too
  return last_norm_->ForwardAddReLU(y, around, pass);
}
// [/residual_block]

Variable ResidualBlock::Around(const Variable& x, const Pass& pass) const {
  if (downsample_) return NamedLayer{"downsample", downsample_.get()}.Forward(x, pass);
  if (padding_.size() == 0) return x;
  const Tensor w = x.value().dtype() == DType::kF64 ? Cast(padding_, DType::kF64) : padding_;
  return Convolution(x, w, ConvolutionOptions{.stride = options_.stride});
}

std::vector<NamedLayer> ResidualBlock::Children() const {
  std::vector<NamedLayer> children;
  for (size_t i = 0; i < body_.size(); ++i) {
    children.push_back({absl::StrCat(i % 2 == 0 ? "conv" : "bn", i / 2 + 1), body_[i].get()});
  }
  children.push_back({absl::StrCat("bn", body_.size() / 2 + 1), last_norm_.get()});
  if (downsample_) children.push_back({"downsample", downsample_.get()});
  return children;
}

}  // namespace dl
