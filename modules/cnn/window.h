// What a layer that looks at neighbours says of itself: the window that each of its outputs sees.
#ifndef MODULES_CNN_WINDOW_H_
#define MODULES_CNN_WINDOW_H_

#include <cstdint>

#include "modules/primitives/shape.h"

namespace dl {

// The same along both axes: output i sees the places i · stride - padding + k · dilation, k in {0, ..., kernel - 1}.
struct Window {
  int64_t kernel = 1;
  int64_t stride = 1;
  int64_t padding = 0;
  int64_t dilation = 1;
};

class Windowed {
 public:
  virtual ~Windowed() = default;

  // The window on inputs of shape x [N, C, H, W].
  virtual Window WindowOn(const Shape& x) const = 0;
};

}  // namespace dl

#endif  // MODULES_CNN_WINDOW_H_
