// Where an element of a broadcast result comes from.
#ifndef MODULES_PRIMITIVES_REFERENCE_BROADCAST_H_
#define MODULES_PRIMITIVES_REFERENCE_BROADCAST_H_

#include "modules/primitives/shape.h"

namespace dl::reference {

// The row-major offset, in a tensor of shape `from`, of the element that broadcasting puts at row-major offset `offset`
// of `to`.
inline int64_t SourceOffset(const Shape& from, const Shape& to, int64_t offset) {
  int64_t source = 0, stride = 1;
  for (size_t back = 1; back <= to.size(); ++back) {
    const int64_t index = offset % to[to.size() - back];
    offset /= to[to.size() - back];
    if (back > from.size()) continue;
    if (from[from.size() - back] != 1) source += index * stride;
    stride *= from[from.size() - back];
  }
  return source;
}

}  // namespace dl::reference

#endif  // MODULES_PRIMITIVES_REFERENCE_BROADCAST_H_
