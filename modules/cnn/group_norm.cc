#include "modules/cnn/group_norm.h"

#include "modules/backprop/ops.h"
#include "modules/base/check.h"

namespace dl {

Variable GroupNorm(const Variable& x, const Variable& weight, const Variable& bias, int64_t groups, float epsilon) {
  const Shape& shape = x.shape();
  DL_CHECK(shape.size() == 4 && groups >= 1 && shape[1] % groups == 0)
      << "GroupNorm: x is " << ToString(shape) << "; it must be [N, C, H, W], and " << groups
      << " groups must divide C";
  const DType dtype = weight.value().dtype();
  const Variable rows = Flatten(Cast(x, dtype));
  const int64_t count = shape[0] * groups, size = rows.value().size() / count;
  const Variable normal =
      LayerNorm(Reshape(rows, {count, size}), Tensor::Full({size}, 1, dtype), Tensor::Zeros({size}, dtype), epsilon);
  const Shape by_channel = {shape[1], 1, 1};
  const Variable y = Reshape(normal, shape) * Reshape(weight, by_channel) + Reshape(bias, by_channel);
  return Cast(y, x.value().dtype());
}

GroupNorm2d::GroupNorm2d(int64_t groups, int64_t channels, float epsilon)
    : groups_(groups), epsilon_(epsilon), weight_(Tensor::Full({channels}, 1)), bias_(Tensor::Zeros({channels})) {
  DL_CHECK(groups >= 1 && channels % groups == 0)
      << "GroupNorm2d: " << channels << " channels; " << groups << " groups must divide them";
}

Variable GroupNorm2d::Forward(const Variable& x, const Pass&) {
  return GroupNorm(x, weight_, bias_, groups_, epsilon_);
}

LayerNorm1d::LayerNorm1d(int64_t features, float epsilon)
    : epsilon_(epsilon), weight_(Tensor::Full({features}, 1)), bias_(Tensor::Zeros({features})) {}

Variable LayerNorm1d::Forward(const Variable& x, const Pass&) { return LayerNorm(x, weight_, bias_, epsilon_); }

}  // namespace dl
