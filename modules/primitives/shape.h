// The shape of a tensor: its extent along each dimension, outermost first.
#ifndef MODULES_PRIMITIVES_SHAPE_H_
#define MODULES_PRIMITIVES_SHAPE_H_

#include <cstdint>
#include <string>

#include "absl/container/inlined_vector.h"

namespace dl {

using Shape = absl::InlinedVector<int64_t, 4>;

// The product of the extents; 1 for the shape [] of a scalar.
int64_t NumElements(const Shape& shape);

// "[64, 3, 32, 32]"
std::string ToString(const Shape& shape);

// The shape of a binary operation on `a` and `b` by NumPy's rule: aligned at the last dimension, extents are equal or
// one of them is 1. Any other pair is a mistake of the program; `op` names the operation in its report.
Shape BroadcastShape(const char* op, const Shape& a, const Shape& b);

}  // namespace dl

#endif  // MODULES_PRIMITIVES_SHAPE_H_
