// The tensor of the naive twins: a shape and its elements in row-major order, of any scalar type.
//
// The twins in this folder define what each operation means. They are loops that a reader can check by eye, templated
// on the scalar so that a derivative can be proved in double precision; the fast operations are tested against them, and
// run them when their operands are f64.
#ifndef MODULES_PRIMITIVES_REFERENCE_ARRAY_H_
#define MODULES_PRIMITIVES_REFERENCE_ARRAY_H_

#include <algorithm>
#include <type_traits>
#include <vector>

#include "modules/base/check.h"
#include "modules/primitives/reorder.h"
#include "modules/primitives/shape.h"
#include "modules/primitives/tensor.h"

namespace dl::reference {

template <typename T>
struct Array {
  Array() = default;
  explicit Array(Shape s) : shape(std::move(s)), values(NumElements(shape)) {}
  Array(Shape s, std::vector<T> v) : shape(std::move(s)), values(std::move(v)) {
    DL_CHECK(static_cast<int64_t>(values.size()) == NumElements(shape)) << "Array: " << ToString(shape);
  }

  // The element at the given indices, one for each dimension.
  template <typename... Index>
  T& operator()(Index... index) {
    return values[Offset({static_cast<int64_t>(index)...})];
  }
  template <typename... Index>
  const T& operator()(Index... index) const {
    return values[Offset({static_cast<int64_t>(index)...})];
  }

  int64_t Offset(std::initializer_list<int64_t> index) const {
    DL_CHECK(index.size() == shape.size()) << "Array: " << index.size() << " indices for " << ToString(shape);
    int64_t offset = 0;
    auto extent = shape.begin();
    for (int64_t i : index) offset = offset * *extent++ + i;
    return offset;
  }

  Shape shape;
  std::vector<T> values;
};

// The elements of a tensor of any layout and type; in double, each of them exactly.
template <typename T>
Array<T> FromTensor(const Tensor& tensor) {
  if (tensor.dtype() == DType::kF64) {
    return Array<T>(tensor.shape(), std::vector<T>(tensor.data_f64(), tensor.data_f64() + tensor.size()));
  }
  const Tensor plain = Cast(ToPlain(tensor), DType::kF32);
  return Array<T>(plain.shape(), std::vector<T>(plain.values().begin(), plain.values().end()));
}

// Back: f32 from float, f64 from double, each element exactly.
template <typename T>
Tensor ToTensor(const Array<T>& array) {
  static_assert(std::is_same_v<T, float> || std::is_same_v<T, double>);
  if constexpr (std::is_same_v<T, double>) {
    Tensor tensor(array.shape, DType::kF64);
    std::copy(array.values.begin(), array.values.end(), tensor.mutable_data_f64());
    return tensor;
  } else {
    return Tensor::Of(array.shape, array.values);
  }
}

}  // namespace dl::reference

#endif  // MODULES_PRIMITIVES_REFERENCE_ARRAY_H_
