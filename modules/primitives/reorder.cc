#include "modules/primitives/reorder.h"

#include "modules/base/check.h"
#include "modules/primitives/internal/onednn.h"

namespace dl {

Tensor ToPlain(const Tensor& tensor) {
  if (tensor.is_plain()) return tensor;
  return onednn::InOrder(tensor, onednn::PlainDesc(tensor.shape(), tensor.dtype()));
}

Tensor InLayoutOf(const Tensor& tensor, const Tensor& like) {
  DL_CHECK(tensor.shape() == like.shape()) << "InLayoutOf: shapes " << ToString(tensor.shape()) << " and "
                                           << ToString(like.shape()) << " must be equal";
  DL_CHECK(tensor.dtype() == like.dtype()) << "InLayoutOf: types " << ToString(tensor.dtype()) << " and "
                                           << ToString(like.dtype()) << " must be equal";
  if (tensor.layout() == like.layout()) return tensor;
  return onednn::InOrder(tensor, onednn::DescOf(like));
}

Tensor Cast(const Tensor& tensor, DType dtype) {
  if (tensor.dtype() == dtype) return tensor;
  Tensor result(tensor.shape(), dtype);
  onednn::Copy(tensor, result);
  return result;
}

int64_t ReorderCount() { return onednn::Reorders(); }

}  // namespace dl
