#include "modules/primitives/tensor.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "modules/base/check.h"
#include "modules/primitives/allocator.h"

namespace dl {
namespace {

size_t BytesPerElement(DType dtype) { return dtype == DType::kF64 ? 8 : dtype == DType::kF32 ? 4 : 2; }

// "kF32"
const char* Enumerator(DType dtype) { return dtype == DType::kF64 ? "kF64" : dtype == DType::kF32 ? "kF32" : "kBF16"; }

}  // namespace

const char* ToString(DType dtype) { return dtype == DType::kF64 ? "f64" : dtype == DType::kF32 ? "f32" : "bf16"; }

Tensor::Tensor(Shape shape, DType dtype) : shape_(std::move(shape)), dtype_(dtype) {
  for (int64_t extent : shape_) {
    DL_CHECK(extent >= 0) << "Tensor: shape " << ToString(shape_) << " has a negative extent";
  }
  bytes_ = size() * BytesPerElement(dtype);
  storage_ = AllocateBytes(bytes_);
}

Tensor::Tensor(Shape shape, DType dtype, Layout layout, size_t bytes)
    : storage_(AllocateBytes(bytes)),
      bytes_(bytes),
      shape_(std::move(shape)),
      dtype_(dtype),
      layout_(std::move(layout)) {}

Tensor Tensor::Full(Shape shape, double value, DType dtype) {
  Tensor tensor(std::move(shape), dtype);
  if (dtype == DType::kF64) {
    std::fill_n(tensor.mutable_data_f64(), tensor.size(), value);
  } else {
    std::fill_n(tensor.mutable_data(), tensor.size(), static_cast<float>(value));
  }
  return tensor;
}

Tensor Tensor::Of(Shape shape, absl::Span<const float> values) {
  Tensor tensor(std::move(shape));
  DL_CHECK(tensor.size() == static_cast<int64_t>(values.size()))
      << "Tensor::Of: shape " << ToString(tensor.shape()) << " holds " << tensor.size() << " elements, "
      << values.size() << " values were given";
  std::copy(values.begin(), values.end(), tensor.mutable_data());
  return tensor;
}

Tensor Tensor::UninitializedLike(const Tensor& like) {
  return Tensor(like.shape_, like.dtype_, like.layout_, like.bytes_);
}

Tensor Tensor::ZerosLike(const Tensor& like) {
  Tensor tensor = UninitializedLike(like);
  std::memset(tensor.mutable_raw(), 0, tensor.bytes_);
  return tensor;
}

int64_t Tensor::dim(int i) const {
  const int index = i < 0 ? i + rank() : i;
  DL_CHECK(index >= 0 && index < rank()) << "Tensor::dim(" << i << "): shape is " << ToString(shape_);
  return shape_[index];
}

void Tensor::CheckReadable(const char* accessor, DType dtype) const {
  DL_CHECK(is_plain()) << "Tensor::" << accessor << ": the tensor " << ToString(shape_)
                       << " is in a blocked layout; ToPlain() makes a plain one";
  DL_CHECK(dtype_ == dtype) << "Tensor::" << accessor << ": the tensor " << ToString(shape_) << " is "
                            << ToString(dtype_) << "; Cast(x, DType::" << Enumerator(dtype) << ") makes an "
                            << ToString(dtype) << " one";
}

const float* Tensor::data() const {
  CheckReadable("data()", DType::kF32);
  return reinterpret_cast<const float*>(storage_.get());
}

float* Tensor::mutable_data() {
  CheckReadable("mutable_data()", DType::kF32);
  return static_cast<float*>(mutable_raw());
}

const double* Tensor::data_f64() const {
  CheckReadable("data_f64()", DType::kF64);
  return reinterpret_cast<const double*>(storage_.get());
}

double* Tensor::mutable_data_f64() {
  CheckReadable("mutable_data_f64()", DType::kF64);
  return static_cast<double*>(mutable_raw());
}

void* Tensor::mutable_raw() {
  if (shares_storage()) {
    std::shared_ptr<std::byte> copy = AllocateBytes(bytes_);
    std::memcpy(copy.get(), storage_.get(), bytes_);
    storage_ = std::move(copy);
  }
  return storage_.get();
}

double Tensor::item() const {
  DL_CHECK(size() == 1) << "Tensor::item(): shape is " << ToString(shape_) << ", it must hold one element";
  return dtype_ == DType::kF64 ? data_f64()[0] : data()[0];
}

Tensor Tensor::Relabelled(Shape shape, Layout layout) const {
  Tensor result = *this;
  result.shape_ = std::move(shape);
  result.layout_ = std::move(layout);
  return result;
}

Tensor Tensor::Reshape(Shape shape) const {
  DL_CHECK(is_plain()) << "Tensor::Reshape: the tensor " << ToString(shape_)
                       << " is in a blocked layout; ToPlain() makes a plain one";
  DL_CHECK(NumElements(shape) == size()) << "Tensor::Reshape: " << ToString(shape_) << " holds " << size()
                                         << " elements, " << ToString(shape) << " holds " << NumElements(shape);
  Tensor result = *this;
  result.shape_ = std::move(shape);
  return result;
}

}  // namespace dl
