// The convolutional layer and the pooling layer.
#ifndef MODULES_CNN_CONV2D_H_
#define MODULES_CNN_CONV2D_H_

#include "modules/backprop/initializers.h"
#include "modules/backprop/layer.h"
#include "modules/cnn/ops.h"

namespace dl {

// y = x * w + b. x: [N, inputs, H, W], y: [N, outputs, Ho, Wo]. Parameters: weight
// [outputs, inputs / groups, kernel, kernel] from `initializer`, bias [outputs] of zeros.
class Conv2d : public Layer {
 public:
  Conv2d(int64_t inputs, int64_t outputs, int64_t kernel, Random& random, const ConvolutionOptions& options = {},
         const Initializer& initializer = KaimingNormal);

  Variable Forward(const Variable& x, const Pass& pass) override;
  std::vector<Parameter> Parameters() const override;

 private:
  ConvolutionOptions options_;
  Variable weight_, bias_;
};

// The maximum of each window. x: [N, C, H, W], y: [N, C, Ho, Wo].
class MaxPool2d : public Layer {
 public:
  explicit MaxPool2d(const PoolingOptions& options = {}) : options_(options) {}
  Variable Forward(const Variable& x, const Pass&) override { return MaxPool(x, options_); }

 private:
  PoolingOptions options_;
};

// The mean of each window.
class AveragePool2d : public Layer {
 public:
  explicit AveragePool2d(const PoolingOptions& options = {}) : options_(options) {}
  Variable Forward(const Variable& x, const Pass&) override { return AveragePool(x, options_); }

 private:
  PoolingOptions options_;
};

}  // namespace dl

#endif  // MODULES_CNN_CONV2D_H_
