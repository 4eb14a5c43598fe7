// The locally connected layer: a convolution that gives up sharing, with weights of its own at every place.
//
//   y[n, k, i, j] = b[k, i, j] + sum over c, r, s of w[k, c, r, s, i, j] x[n, c, i·stride + r - padding, j·stride + s -
//   ...]
//
// where x counts as zero outside its borders.
#ifndef MODULES_PRIMITIVES_LOCALLY_CONNECTED_H_
#define MODULES_PRIMITIVES_LOCALLY_CONNECTED_H_

#include <cstdint>

#include "modules/primitives/tensor.h"

namespace dl {

// The same for both axes.
struct LocallyConnectedOptions {
  int64_t stride = 1;
  int64_t padding = 0;
};

// y [N, K, Ho, Wo]. x: [N, C, H, W] of any layout; w: [K, C, R, S, Ho, Wo]; b: [K, Ho, Wo]; all f32 or all f64. Ho and
// Wo are those of a convolution. The results, here and below, are plain.
Tensor LocallyConnected(const Tensor& x, const Tensor& w, const Tensor& b, const LocallyConnectedOptions& options = {});

// dx [N, C, H, W] = `x_shape`. dy: [N, K, Ho, Wo].
Tensor LocallyConnectedBackwardData(const Tensor& dy, const Tensor& w, const Shape& x_shape,
                                    const LocallyConnectedOptions& options = {});

struct LocallyConnectedGradients {
  Tensor dw;  // [K, C, R, S, Ho, Wo]
  Tensor db;  // [K, Ho, Wo]
};

LocallyConnectedGradients LocallyConnectedBackwardWeights(const Tensor& x, const Tensor& dy, const Shape& w_shape,
                                                          const LocallyConnectedOptions& options = {});

}  // namespace dl

#endif  // MODULES_PRIMITIVES_LOCALLY_CONNECTED_H_
