#include "modules/cnn/saliency.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "modules/backprop/gradients.h"
#include "modules/backprop/ops.h"
#include "modules/base/check.h"
#include "modules/primitives/reorder.h"

namespace dl {
namespace {

// The sum, over the rows of logits [N, K], of the class's score.
Variable ScoreOf(const Variable& logits, int64_t label) {
  DL_CHECK(label >= 0 && label < logits.shape()[1]) << "saliency: class " << label << " of " << logits.shape()[1];
  Tensor one_hot = Tensor::Zeros({1, logits.shape()[1]});
  one_hot.mutable_data()[label] = 1;
  return Sum(logits * one_hot);
}

void CheckPicture(const Tensor& x) {
  DL_CHECK(x.rank() == 4 && x.dim(0) == 1) << "saliency: x is " << ToString(x.shape()) << ", it must be [1, C, H, W]";
}

// `count` copies of x [1, C, H, W], one behind the other.
Tensor Copies(const Tensor& x, int64_t count) {
  const Tensor plain = ToPlain(x);
  Tensor copies({count, x.dim(1), x.dim(2), x.dim(3)});
  for (int64_t n = 0; n < count; ++n) std::copy_n(plain.data(), x.size(), copies.mutable_data() + n * x.size());
  return copies;
}

// The map of the derivative of the score, summed over the pictures of x [N, C, H, W].
Tensor AbsoluteGradient(Layer& model, const Tensor& x, int64_t label) {
  const Variable pixels = x;
  const Tensor gradient = ToPlain(Gradients(ScoreOf(model.Forward(pixels, {}), label), {pixels})[0]);
  const Tensor sum = Reduce(Reduction::kSum, gradient, {0});
  return Reduce(Reduction::kMax, Apply(Elementwise::kAbs, sum), {0});
}

// Where the value of target pixel i, of `to`, is among `from` of them: between two, and how far from the first.
struct Between {
  int64_t first, second;
  float share;  // of the second
};
Between Place(int64_t i, int64_t to, int64_t from) {
  const float at = std::clamp((static_cast<float>(i) + 0.5f) * static_cast<float>(from) / static_cast<float>(to) - 0.5f,
                              0.0f, static_cast<float>(from - 1));
  const auto first = static_cast<int64_t>(at);
  return {first, std::min(first + 1, from - 1), at - static_cast<float>(first)};
}

Tensor Enlarge(const Tensor& map, int64_t height, int64_t width) {
  Tensor large({height, width});
  const int64_t columns = map.dim(1);
  for (int64_t i = 0; i < height; ++i) {
    const Between row = Place(i, height, map.dim(0));
    for (int64_t j = 0; j < width; ++j) {
      const Between column = Place(j, width, columns);
      const auto along = [&](int64_t r) {
        return map.data()[r * columns + column.first] * (1 - column.share) +
               map.data()[r * columns + column.second] * column.share;
      };
      large.mutable_data()[i * width + j] = along(row.first) * (1 - row.share) + along(row.second) * row.share;
    }
  }
  return large;
}

// Where squares begin along `length` pixels, the last one at the end.
std::vector<int64_t> Beginnings(int64_t length, const OcclusionOptions& options) {
  std::vector<int64_t> beginnings;
  for (int64_t at = 0; at < length - options.side; at += options.stride) beginnings.push_back(at);
  beginnings.push_back(length - options.side);
  return beginnings;
}

// Calls visit(pixel) for each pixel of the square, in pictures of `width` pixels.
template <typename Visit>
void ForSquare(int64_t top, int64_t left, int64_t side, int64_t width, Visit visit) {
  for (int64_t i = top; i < top + side; ++i) {
    for (int64_t j = left; j < left + side; ++j) visit(i * width + j);
  }
}

}  // namespace

// [gradient]
Tensor GradientMap(Layer& model, const Tensor& x, int64_t label) {
  CheckPicture(x);
  return AbsoluteGradient(model, x, label);
}

Tensor SmoothGradMap(Layer& model, const Tensor& x, int64_t label, Random random, const SmoothGradOptions& options) {
  CheckPicture(x);
  Tensor noisy = Copies(x, options.copies);
  const auto [least, most] = std::minmax_element(noisy.data(), noisy.data() + x.size());
  const auto deviation = static_cast<float>(options.noise * (*most - *least));
  float* values = noisy.mutable_data();
  for (int64_t i = 0; i < noisy.size(); ++i) values[i] += deviation * random.Normal();
  return Scale(AbsoluteGradient(model, noisy, label), 1.0 / static_cast<double>(options.copies));
}
// [/gradient]

// [grad_cam]
Tensor GradCamMap(Sequential& model, const Tensor& x, int64_t label, size_t layer) {
  CheckPicture(x);
  const std::vector<Variable> outputs = model.Outputs(x, {});
  DL_CHECK(layer < outputs.size() && outputs[layer].shape().size() == 4)
      << "GradCamMap: layer " << layer << " of " << outputs.size() << " does not put out maps";
  const Tensor gradient = ToPlain(Gradients(ScoreOf(outputs.back(), label), {outputs[layer]})[0]);
  const Tensor weights = Reduce(Reduction::kMean, gradient, {2, 3}, true);
  const Tensor sum = Reduce(Reduction::kSum, Multiply(ToPlain(outputs[layer].value()), weights), {0, 1});
  return Enlarge(Apply(Elementwise::kReLU, sum), x.dim(2), x.dim(3));
}
// [/grad_cam]

Tensor OcclusionMap(Layer& model, const Tensor& x, int64_t label, const OcclusionOptions& options) {
  CheckPicture(x);
  const int64_t height = x.dim(2), width = x.dim(3), channels = x.dim(1);
  DL_CHECK(options.side >= 1 && options.side <= std::min(height, width) && options.stride >= 1 &&
           options.stride <= options.side)
      << "OcclusionMap: a square of " << options.side << " by steps of " << options.stride << " on "
      << ToString(x.shape());
  const std::vector<int64_t> tops = Beginnings(height, options), lefts = Beginnings(width, options);
  const auto squares = static_cast<int64_t>(tops.size() * lefts.size());
  const auto top = [&](int64_t n) { return tops[n / lefts.size()]; };
  const auto left = [&](int64_t n) { return lefts[n % lefts.size()]; };
  Tensor hidden = Copies(x, squares + 1);  // the last one stays whole
  for (int64_t n = 0; n < squares; ++n) {
    for (int64_t c = 0; c < channels; ++c) {
      float* plane = hidden.mutable_data() + (n * channels + c) * height * width;
      ForSquare(top(n), left(n), options.side, width, [&](int64_t pixel) { plane[pixel] = 0; });
    }
  }
  const Tensor logits = ToPlain(model.Forward(hidden, {}).value());
  DL_CHECK(label >= 0 && label < logits.dim(1)) << "saliency: class " << label << " of " << logits.dim(1);
  const auto score = [&](int64_t n) { return logits.data()[n * logits.dim(1) + label]; };
  Tensor falls = Tensor::Zeros({height, width}), counts = Tensor::Zeros({height, width});
  float *fall = falls.mutable_data(), *count = counts.mutable_data();
  for (int64_t n = 0; n < squares; ++n) {
    ForSquare(top(n), left(n), options.side, width, [&](int64_t pixel) {
      fall[pixel] += score(squares) - score(n);
      count[pixel] += 1;
    });
  }
  return Divide(falls, counts);
}

}  // namespace dl
