// The locally connected layer, which tells what sharing its weights gains a convolution.
#ifndef MODULES_CNN_LOCALLY_CONNECTED2D_H_
#define MODULES_CNN_LOCALLY_CONNECTED2D_H_

#include <cstdint>

#include "modules/backprop/initializers.h"
#include "modules/backprop/layer.h"
#include "modules/cnn/window.h"
#include "modules/primitives/locally_connected.h"

namespace dl {

// Shapes, types and checks are those of the primitive of the same name: x [N, C, H, W], w [K, C, R, S, Ho, Wo], b
// [K, Ho, Wo], y [N, K, Ho, Wo].
Variable LocallyConnected(const Variable& x, const Variable& w, const Variable& b,
                          const LocallyConnectedOptions& options = {});

struct LocallyConnected2dOptions {
  int64_t stride = 1;
  int64_t padding = 0;
  Initializer initializer = KaimingNormal;  // of independent weights; a unit's fan-in is inputs · kernel²
};

// A convolution with weights of its own at every place of an image of side `size`. x: [N, inputs, size, size], y:
// [N, outputs, side, side], side = (size + 2 padding - kernel) / stride + 1. Parameters: weight [outputs, inputs,
// kernel, kernel, side, side], bias [outputs, side, side] of zeros. f32: bf16 activations are widened first.
class LocallyConnected2d : public Layer, public Windowed {
 public:
  LocallyConnected2d(int64_t inputs, int64_t outputs, int64_t kernel, int64_t size, Random& random,
                     const LocallyConnected2dOptions& options = {});

  Variable Forward(const Variable& x, const Pass& pass) override;
  std::vector<Parameter> Parameters() const override { return {{"weight", weight_}, {"bias", bias_}}; }
  Window WindowOn(const Shape& x) const override;

 private:
  LocallyConnectedOptions options_;
  Variable weight_, bias_;
};

}  // namespace dl

#endif  // MODULES_CNN_LOCALLY_CONNECTED2D_H_
