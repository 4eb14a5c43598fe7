// The geometry of pooling: its options, and the shape that they give the result.
#ifndef MODULES_PRIMITIVES_POOLING_SHAPE_H_
#define MODULES_PRIMITIVES_POOLING_SHAPE_H_

#include <cstdint>

#include "modules/primitives/shape.h"

namespace dl {

// A kernel that is as large as the map, whatever the map's size: global pooling, to [N, C, 1, 1]. Takes no padding.
inline constexpr int64_t kWholeMap = 0;

// The same for both axes.
struct PoolingOptions {
  int64_t kernel = 2;
  int64_t stride = 2;
  int64_t padding = 0;     // less than the kernel; padded places are never the maximum and never count in a mean
  bool ceil_mode = false;  // also keep a last window that hangs over the end, if it starts inside x
};

// The extent of the windows along axis 2 or 3 of x [N, C, H, W].
int64_t PoolingWindow(const Shape& x, const PoolingOptions& options, int axis);

// The shape [N, C, Ho, Wo] of the result for x [N, C, H, W]; Ho = (H + 2 padding - kernel) / stride + 1, rounded down,
// with ceil_mode up. Shapes that do not fit stop the program.
Shape PoolingShape(const Shape& x, const PoolingOptions& options);

}  // namespace dl

#endif  // MODULES_PRIMITIVES_POOLING_SHAPE_H_
