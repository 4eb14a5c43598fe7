// How an operation finds out that its operands are f64, and that it is therefore to run its naive twin.
#ifndef MODULES_PRIMITIVES_INTERNAL_F64_H_
#define MODULES_PRIMITIVES_INTERNAL_F64_H_

#include "modules/base/check.h"
#include "modules/primitives/tensor.h"

namespace dl {

// Whether the operands of the operation `op` are f64. f64 together with another type stops the program.
template <typename... Tensors>
bool AreF64(const char* op, const Tensor& first, const Tensors&... others) {
  const bool f64 = first.dtype() == DType::kF64;
  [[maybe_unused]] const auto check = [op, f64, &first](const Tensor& other) {
    DL_CHECK((other.dtype() == DType::kF64) == f64) << op << ": operands are " << ToString(first.dtype()) << " and "
                                                    << ToString(other.dtype()) << "; f64 goes with f64 only";
  };
  (check(others), ...);
  return f64;
}

}  // namespace dl

#endif  // MODULES_PRIMITIVES_INTERNAL_F64_H_
