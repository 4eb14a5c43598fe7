// Blur pooling: a smaller map without the aliasing that makes networks jump when an image moves (Zhang 2019).
#ifndef MODULES_CNN_BLUR_POOL_H_
#define MODULES_CNN_BLUR_POOL_H_

#include <cstdint>

#include "modules/backprop/layer.h"
#include "modules/cnn/window.h"

namespace dl {

struct BlurPoolOptions {
  int64_t kernel = 3;  // 1 only leaves out; 2 is a mean; 3 weighs 1 2 1, 4 weighs 1 3 3 1, 5 weighs 1 4 6 4 1, ...
  int64_t stride = 2;
};

// Each map of x [N, C, H, W] by the kernel's binomial weights, along both axes, of every stride-th place: [N, C, Ho,
// Wo], Ho = (H + 2 padding - kernel) / stride + 1, padding (kernel - 1) / 2. Places outside the map count in no mean.
Variable BlurPool(const Variable& x, const BlurPoolOptions& options = {});

// To be put behind a max-pooling or a convolution of stride 1, in place of the stride it would have had.
class BlurPool2d : public Layer, public Windowed {
 public:
  explicit BlurPool2d(const BlurPoolOptions& options = {}) : options_(options) {}

  Variable Forward(const Variable& x, const Pass&) override { return BlurPool(x, options_); }
  Window WindowOn(const Shape& x) const override;

 private:
  BlurPoolOptions options_;
};

}  // namespace dl

#endif  // MODULES_CNN_BLUR_POOL_H_
