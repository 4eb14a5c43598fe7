#include "modules/cnn/class_maximizing.h"

#include <cmath>

#include "modules/backprop/gradients.h"
#include "modules/backprop/ops.h"
#include "modules/base/check.h"
#include "modules/cnn/hand_made_kernels.h"
#include "modules/primitives/reorder.h"

namespace dl {
namespace {

constexpr float kFirstNoise = 0.1f;  // standard deviation

double RootMeanSquare(const Tensor& x) {
  return std::sqrt(Reduce(Reduction::kMean, Apply(Elementwise::kSquare, x)).item());
}

}  // namespace

// [maximize]
Tensor MaximizeClass(Layer& model, const Shape& image, int64_t label, Random random, const MaximizeOptions& options) {
  DL_CHECK(image.size() == 3) << "MaximizeClass: image is " << ToString(image) << ", it must be [C, H, W]";
  Tensor x({1, image[0], image[1], image[2]});
  for (int64_t i = 0; i < x.size(); ++i) x.mutable_data()[i] = kFirstNoise * random.Normal();
  for (int64_t step = 1; step <= options.steps; ++step) {
    const Variable pixels = x, logits = model.Forward(pixels, {});
    Tensor wanted = Tensor::Zeros(logits.shape());
    DL_CHECK(label >= 0 && label < wanted.size()) << "MaximizeClass: class " << label << " of " << wanted.size();
    wanted.mutable_data()[label] = 1;
    const Tensor gradient = ToPlain(Gradients(Sum(logits * wanted), {pixels})[0]);
    const double size = RootMeanSquare(gradient);
    x = Scale(x, 1 - options.decay);
    if (size > 0) AddTo(x, Scale(gradient, options.rate / size));
    if (options.blur_every > 0 && step % options.blur_every == 0) x = ApplyKernel(HandMadeKernels().front(), x);
  }
  return x;
}
// [/maximize]

}  // namespace dl
