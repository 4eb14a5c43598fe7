// The convolutional layer and the pooling layers.
#ifndef MODULES_CNN_CONV2D_H_
#define MODULES_CNN_CONV2D_H_

#include <optional>

#include "modules/backprop/initializers.h"
#include "modules/backprop/layer.h"
#include "modules/cnn/ops.h"
#include "modules/cnn/window.h"

namespace dl {

struct Conv2dOptions {
  int64_t stride = 1;
  int64_t padding = 0;
  int64_t dilation = 1;
  int64_t groups = 1;
  bool bias = true;  // none is needed in front of a batch normalisation, which takes the mean away again
  Initializer initializer = KaimingNormal;
};

// y = x * w + b. x: [N, inputs, H, W], y: [N, outputs, Ho, Wo]. Parameters: weight
// [outputs, inputs / groups, kernel, kernel] from the initializer, bias [outputs] of zeros.
class Conv2d : public Layer, public Windowed {
 public:
  Conv2d(int64_t inputs, int64_t outputs, int64_t kernel, Random& random, const Conv2dOptions& options = {});

  Variable Forward(const Variable& x, const Pass& pass) override;
  std::vector<Parameter> Parameters() const override;
  Window WindowOn(const Shape& x) const override;

 private:
  ConvolutionOptions options_;
  Variable weight_;
  std::optional<Variable> bias_;
};

// The maximum of each window. x: [N, C, H, W], y: [N, C, Ho, Wo].
class MaxPool2d : public Layer, public Windowed {
 public:
  explicit MaxPool2d(const PoolingOptions& options = {}) : options_(options) {}
  Variable Forward(const Variable& x, const Pass&) override { return MaxPool(x, options_); }
  Window WindowOn(const Shape& x) const override;

 private:
  PoolingOptions options_;
};

// The mean of each window; of the whole map with .kernel = kWholeMap.
class AveragePool2d : public Layer, public Windowed {
 public:
  explicit AveragePool2d(const PoolingOptions& options = {}) : options_(options) {}
  Variable Forward(const Variable& x, const Pass&) override { return AveragePool(x, options_); }
  Window WindowOn(const Shape& x) const override;

 private:
  PoolingOptions options_;
};

}  // namespace dl

#endif  // MODULES_CNN_CONV2D_H_
