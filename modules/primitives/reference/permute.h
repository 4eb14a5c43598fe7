// The twin of permute.h.
#ifndef MODULES_PRIMITIVES_REFERENCE_PERMUTE_H_
#define MODULES_PRIMITIVES_REFERENCE_PERMUTE_H_

#include <vector>

#include "modules/primitives/reference/array.h"

namespace dl::reference {

// y with y.dim(i) = x.dim(axes[i]).
template <typename T>
Array<T> Permute(const Array<T>& x, const std::vector<int>& axes) {
  const size_t rank = axes.size();
  Shape shape(rank);
  for (size_t i = 0; i < rank; ++i) shape[i] = x.shape[axes[i]];
  Array<T> y(shape);
  for (size_t offset = 0; offset < y.values.size(); ++offset) {
    std::vector<int64_t> index(rank);  // in x
    int64_t rest = offset;
    for (size_t i = rank; i-- > 0; rest /= shape[i]) index[axes[i]] = rest % shape[i];
    int64_t source = 0;
    for (size_t d = 0; d < rank; ++d) source = source * x.shape[d] + index[d];
    y.values[offset] = x.values[source];
  }
  return y;
}

}  // namespace dl::reference

#endif  // MODULES_PRIMITIVES_REFERENCE_PERMUTE_H_
