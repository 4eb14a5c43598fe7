// Pooling of interleaved images, which oneDNN has reference loops for only.
#ifndef MODULES_PRIMITIVES_INTERNAL_INTERLEAVED_POOLING_H_
#define MODULES_PRIMITIVES_INTERNAL_INTERLEAVED_POOLING_H_

#include <cstdint>

#include "modules/primitives/tensor.h"

namespace dl::interleaved {

// Windows over x [N, C, H, W]; those at the border may hang over it, but each holds an element of x.
struct Windows {
  Shape x;
  Shape y;  // [N, C, Ho, Wo]
  int64_t height, width, stride, padding;
};

// The most places that a window may have for its argmax to fit into a byte.
inline constexpr int64_t kMaxPlaces = 256;

// y = the maximum of each window, and in `argmax` its place in the window, the first of equals, in a byte. x, y:
// interleaved; a window has at most kMaxPlaces.
Tensor MaxPool(const Windows& windows, const Tensor& x, Tensor& argmax);

// dx: each dy goes to where the maximum stood. dy, dx: interleaved.
Tensor MaxPoolBackward(const Windows& windows, const Tensor& argmax, const Tensor& dy);

// y = the mean of each window over its places inside x; dx: each dy shared out to them. All interleaved.
Tensor AveragePool(const Windows& windows, const Tensor& x);
Tensor AveragePoolBackward(const Windows& windows, const Tensor& dy);

}  // namespace dl::interleaved

#endif  // MODULES_PRIMITIVES_INTERNAL_INTERLEAVED_POOLING_H_
