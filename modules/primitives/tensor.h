// Tensor: a value made of a shape, an element type, a layout and shared storage.
//
// A copy is cheap, since it shares the storage; a write to shared storage copies it first, so that no tensor ever sees
// another one's write. The elements of a plain tensor stand in row-major order. A blocked tensor keeps its elements in
// an order that a oneDNN primitive chose and that only oneDNN reads: two convolutions pass it on without a reorder.
#ifndef MODULES_PRIMITIVES_TENSOR_H_
#define MODULES_PRIMITIVES_TENSOR_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "absl/types/span.h"
#include "modules/primitives/shape.h"

namespace dl {

enum class DType {
  kF32,
  kBF16,
  kF64,  // for proofs: every operation on it runs its naive twin (primitives/reference), slowly; always plain
};

// "f32", "bf16" or "f64".
const char* ToString(DType dtype);

// A memory order that a primitive chose; internal/onednn.h defines it. Null means plain.
class BlockedLayout;
using Layout = std::shared_ptr<const BlockedLayout>;

class Tensor {
 public:
  // No elements: shape [0].
  Tensor() : shape_{0} {}

  // Plain, with unspecified elements.
  explicit Tensor(Shape shape, DType dtype = DType::kF32);

  // Blocked in `layout`, with unspecified elements; `bytes` is the layout's size. A null layout means plain.
  Tensor(Shape shape, DType dtype, Layout layout, size_t bytes);

  // f32 or f64.
  static Tensor Full(Shape shape, double value, DType dtype = DType::kF32);
  static Tensor Zeros(Shape shape, DType dtype = DType::kF32) { return Full(std::move(shape), 0.0, dtype); }
  static Tensor Scalar(double value, DType dtype = DType::kF32) { return Full({}, value, dtype); }
  // Unspecified elements, or zeros, in the shape, type and layout of `like`.
  static Tensor UninitializedLike(const Tensor& like);
  static Tensor ZerosLike(const Tensor& like);
  // `values` in row-major order, as many as `shape` holds.
  static Tensor Of(Shape shape, absl::Span<const float> values);

  const Shape& shape() const { return shape_; }
  int rank() const { return static_cast<int>(shape_.size()); }
  // The extent of dimension i; a negative i counts from the end.
  int64_t dim(int i) const;
  int64_t size() const { return NumElements(shape_); }
  DType dtype() const { return dtype_; }
  const Layout& layout() const { return layout_; }
  bool is_plain() const { return layout_ == nullptr; }

  // The elements of a plain f32 tensor in row-major order; on any other tensor the program stops and names ToPlain() or
  // Cast() as the way out.
  const float* data() const;
  float* mutable_data();
  absl::Span<const float> values() const { return {data(), static_cast<size_t>(size())}; }

  // The same of an f64 tensor.
  const double* data_f64() const;
  double* mutable_data_f64();

  // The element of a plain tensor of size 1, f32 or f64.
  double item() const;

  // The same elements under another shape of equal size; shares the storage. Plain tensors only.
  Tensor Reshape(Shape shape) const;

  // For the primitives: the same bytes under another shape and layout, which fit them.
  Tensor Relabelled(Shape shape, Layout layout) const;

  // For the primitives: the storage, whatever its layout. The mutable one copies shared storage first.
  const void* raw() const { return storage_.get(); }
  void* mutable_raw();
  size_t bytes() const { return bytes_; }
  // Whether another tensor holds the storage too, so that a write would copy it.
  bool shares_storage() const { return storage_.use_count() > 1; }

 private:
  void CheckReadable(const char* accessor, DType dtype) const;

  std::shared_ptr<std::byte> storage_;
  size_t bytes_ = 0;
  Shape shape_;
  DType dtype_ = DType::kF32;
  Layout layout_;
};

}  // namespace dl

#endif  // MODULES_PRIMITIVES_TENSOR_H_
