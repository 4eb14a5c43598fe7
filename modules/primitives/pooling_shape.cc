#include "modules/primitives/pooling_shape.h"

#include "modules/base/check.h"

namespace dl {

int64_t PoolingWindow(const Shape& x, const PoolingOptions& options, int axis) {
  return options.kernel == kWholeMap ? x[axis] : options.kernel;
}

Shape PoolingShape(const Shape& x, const PoolingOptions& options) {
  const PoolingOptions& o = options;
  DL_CHECK(x.size() == 4) << "Pooling: x is " << ToString(x) << ", it must have rank 4";
  DL_CHECK(o.stride >= 1 && o.kernel >= 0 && o.padding >= 0 && o.padding < (o.kernel == kWholeMap ? 1 : o.kernel))
      << "Pooling: kernel " << o.kernel << ", stride " << o.stride << ", padding " << o.padding
      << "; the stride must be at least 1, the padding at least 0 and less than the kernel";
  Shape y = {x[0], x[1], 0, 0};
  for (int axis = 2; axis < 4; ++axis) {
    const int64_t room = x[axis] + 2 * o.padding - PoolingWindow(x, o, axis);
    DL_CHECK(room >= 0) << "Pooling: x is " << ToString(x) << " with padding " << o.padding << "; the window of "
                        << o.kernel << " must fit into it";
    y[axis] = (room + (o.ceil_mode ? o.stride - 1 : 0)) / o.stride + 1;
    if ((y[axis] - 1) * o.stride >= x[axis] + o.padding) --y[axis];  // would start beyond the end
  }
  return y;
}

}  // namespace dl
