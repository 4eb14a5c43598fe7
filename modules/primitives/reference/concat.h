// The twin of concat.h.
#ifndef MODULES_PRIMITIVES_REFERENCE_CONCAT_H_
#define MODULES_PRIMITIVES_REFERENCE_CONCAT_H_

#include <vector>

#include "modules/primitives/reference/array.h"

namespace dl::reference {

// The arrays, at least one, one after another along `axis`.
template <typename T>
Array<T> Concat(const std::vector<Array<T>>& arrays, int axis) {
  Shape shape = arrays[0].shape;
  shape[axis] = 0;
  for (const Array<T>& array : arrays) shape[axis] += array.shape[axis];
  int64_t outer = 1;
  for (int i = 0; i < axis; ++i) outer *= shape[i];
  Array<T> y(shape);
  y.values.clear();
  for (int64_t o = 0; o < outer; ++o) {
    for (const Array<T>& array : arrays) {
      const int64_t run = array.values.size() / outer;
      y.values.insert(y.values.end(), array.values.begin() + o * run, array.values.begin() + (o + 1) * run);
    }
  }
  return y;
}

}  // namespace dl::reference

#endif  // MODULES_PRIMITIVES_REFERENCE_CONCAT_H_
