#include "modules/training/multi_crop.h"

#include "datasets/image_changes.h"
#include "modules/base/check.h"
#include "modules/primitives/binary.h"
#include "modules/primitives/reorder.h"

namespace dl {
namespace {

// Each image of x, plain f32, after the change.
Tensor Changed(const Tensor& x, const ImageChange& change) {
  const Shape image(x.shape().begin() + 1, x.shape().end());
  const int64_t size = NumElements(image);
  Tensor y(x.shape());
  float* to = y.mutable_data();
  for (int64_t n = 0; n < x.dim(0); ++n) MoveImage(x.data() + n * size, image, change, to + n * size);
  return y;
}

}  // namespace

Variable MultiCrop::Forward(const Variable& x, const Pass& pass) {
  DL_CHECK(!pass.training) << "MultiCrop: a mean of six passes is for evaluation";
  const DType dtype = x.value().dtype();
  const Tensor plain = Cast(ToPlain(x.value()), DType::kF32);
  Tensor sum;
  for (const auto& [move, weight] : {std::pair<int64_t, double>{0, 0.25}, {-1, 0.125}, {1, 0.125}}) {
    for (const bool flipped : {false, true}) {
      const ImageChange change = {.down = move, .right = move, .padding = Padding::kMirror, .flipped = flipped};
      const Variable view = Cast(Changed(plain, change), dtype);
      const Tensor part = Scale(model_.Forward(view, pass).value(), weight);
      if (sum.size() == 0) {
        sum = part;
      } else {
        AddTo(sum, part);
      }
    }
  }
  return sum;
}

}  // namespace dl
