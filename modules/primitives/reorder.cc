#include "modules/primitives/reorder.h"

#include <algorithm>

#include "modules/base/check.h"
#include "modules/primitives/internal/onednn.h"

namespace dl {
namespace {

// The elements of a plain f32 tensor as f64.
Tensor Widened(const Tensor& tensor) {
  Tensor result(tensor.shape(), DType::kF64);
  std::copy_n(tensor.data(), tensor.size(), result.mutable_data_f64());
  return result;
}

// The elements of an f64 tensor as f32.
Tensor Narrowed(const Tensor& tensor) {
  Tensor result(tensor.shape());
  std::copy_n(tensor.data_f64(), tensor.size(), result.mutable_data());
  return result;
}

}  // namespace

Tensor ToPlain(const Tensor& tensor) {
  if (tensor.is_plain()) return tensor;
  return onednn::InOrder(tensor, onednn::PlainDesc(tensor.shape(), tensor.dtype()));
}

Tensor InLayoutOf(const Tensor& tensor, const Tensor& like) {
  DL_CHECK(tensor.shape() == like.shape())
      << "InLayoutOf: shapes " << ToString(tensor.shape()) << " and " << ToString(like.shape()) << " must be equal";
  DL_CHECK(tensor.dtype() == like.dtype())
      << "InLayoutOf: types " << ToString(tensor.dtype()) << " and " << ToString(like.dtype()) << " must be equal";
  if (tensor.layout() == like.layout()) return tensor;
  return onednn::InOrder(tensor, onednn::DescOf(like));
}

Tensor Cast(const Tensor& tensor, DType dtype) {
  if (tensor.dtype() == dtype) return tensor;
  if (dtype == DType::kF64) return Widened(ToPlain(Cast(tensor, DType::kF32)));
  if (tensor.dtype() == DType::kF64) return Cast(Narrowed(tensor), dtype);
  Tensor result = onednn::MakeTensor(onednn::DescAlike(tensor, tensor.shape(), dtype), tensor.shape(), dtype);
  onednn::Copy(tensor, result);
  return result;
}

Tensor AsInput(const Tensor& batch, DType dtype) {
  if (batch.rank() != 4 || dtype != DType::kBF16 || batch.dtype() == dtype) return Cast(batch, dtype);
  const onednn::Desc channels_last(onednn::DimsOf(batch.shape()), onednn::TypeOf(dtype),
                                   dnnl::memory::format_tag::nhwc);
  Tensor result = onednn::MakeTensor(channels_last, batch.shape(), dtype);
  onednn::Copy(Cast(batch, DType::kF32), result);
  return result;
}

int64_t ReorderCount() { return onednn::Reorders(); }

}  // namespace dl
