#include "modules/primitives/convolution_shape.h"

#include "modules/base/check.h"

namespace dl {

Shape ConvolutionShape(const Shape& x, const Shape& w, const ConvolutionOptions& options) {
  const ConvolutionOptions& o = options;
  DL_CHECK(x.size() == 4 && w.size() == 4)
      << "Convolution: x is " << ToString(x) << ", w is " << ToString(w) << "; both must have rank 4";
  DL_CHECK(o.stride >= 1 && o.padding >= 0 && o.dilation >= 1 && o.groups >= 1)
      << "Convolution: stride " << o.stride << ", padding " << o.padding << ", dilation " << o.dilation << ", groups "
      << o.groups << "; at least 1, 0, 1 and 1 are needed";
  DL_CHECK(x[1] == w[1] * o.groups && w[0] % o.groups == 0)
      << "Convolution: x is " << ToString(x) << ", w is " << ToString(w) << " with " << o.groups
      << " groups; x.dim(1) must equal w.dim(1) times groups, which must divide w.dim(0)";
  Shape y = {x[0], w[0], 0, 0};
  for (int axis = 2; axis < 4; ++axis) {
    const int64_t room = x[axis] + 2 * o.padding - o.dilation * (w[axis] - 1) - 1;
    DL_CHECK(room >= 0) << "Convolution: x is " << ToString(x) << " with padding " << o.padding << ", w is "
                        << ToString(w) << " with dilation " << o.dilation << "; the window must fit into x";
    y[axis] = room / o.stride + 1;
  }
  return y;
}

}  // namespace dl
