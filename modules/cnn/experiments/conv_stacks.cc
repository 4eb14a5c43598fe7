#include "modules/cnn/experiments/conv_stacks.h"

#include <algorithm>
#include <cmath>

#include "modules/backprop/initializers.h"
#include "modules/backprop/ops.h"
#include "modules/base/check.h"
#include "modules/cnn/ops.h"

namespace dl {

std::vector<std::string> ConvStackKinds() { return {"uniform", "linear", "relu", "residual"}; }

ConvStack::ConvStack(const std::string& kind, int64_t depth, int64_t channels, Random& random)
    : kind_(kind), channels_(kind == "uniform" ? 1 : channels) {
  const std::vector<std::string> kinds = ConvStackKinds();
  DL_CHECK(std::find(kinds.begin(), kinds.end(), kind) != kinds.end()) << "ConvStack: there is no kind " << kind;
  for (int64_t i = 0; i < depth; ++i) {
    const Shape shape = {channels_, channels_, 3, 3};
    weights_.push_back(kind == "uniform" ? Tensor::Full(shape, 1.0 / 9) : KaimingNormal(shape, random));
  }
}

Variable ConvStack::operator()(const Variable& x) const {
  const bool rectifies = kind_ == "relu" || kind_ == "residual";
  Variable y = x;
  for (size_t i = 0; i < weights_.size(); ++i) {
    const Variable input = rectifies && (i > 0 || kind_ == "residual") ? Apply(Elementwise::kReLU, y) : y;
    const Variable made = Convolution(input, weights_[i], {.padding = 1});
    y = kind_ == "residual" ? y + made : made;
  }
  return y;
}

// [expected]
Tensor ExpectedInfluence(const std::string& kind, int64_t depth) {
  const int64_t side = 2 * depth + 1;
  std::vector<double> map(side * side);
  map[depth * side + depth] = 1;
  for (int64_t layer = 1; layer <= depth; ++layer) {
    std::vector<double> next(side * side);
    for (int64_t i = depth - layer; i <= depth + layer; ++i) {
      for (int64_t j = depth - layer; j <= depth + layer; ++j) {
        double box = 0;
        for (int64_t h = std::max<int64_t>(i - 1, 0); h <= std::min(i + 1, side - 1); ++h) {
          for (int64_t v = std::max<int64_t>(j - 1, 0); v <= std::min(j + 1, side - 1); ++v) {
            box += map[h * side + v] / 9;
          }
        }
        next[i * side + j] = kind == "residual" ? (map[i * side + j] + box) / 2 : box;
      }
    }
    map = std::move(next);
  }
  Tensor influence({side, side}, DType::kF64);
  for (int64_t i = 0; i < side * side; ++i) {
    influence.mutable_data_f64()[i] = kind == "uniform" ? map[i] : std::sqrt(map[i]);
  }
  return influence;
}
// [/expected]

}  // namespace dl
