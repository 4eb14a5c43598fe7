#include "modules/cnn/conv2d.h"

#include "modules/base/check.h"

namespace dl {

Conv2d::Conv2d(int64_t inputs, int64_t outputs, int64_t kernel, Random& random, const Conv2dOptions& options)
    : options_{options.stride, options.padding, options.dilation, options.groups},
      weight_(options.initializer({outputs, inputs / options.groups, kernel, kernel}, random)) {
  DL_CHECK(inputs % options.groups == 0 && outputs % options.groups == 0)
      << "Conv2d: " << inputs << " inputs and " << outputs << " outputs; " << options.groups
      << " groups must divide both";
  if (options.bias) bias_ = Tensor::Zeros({outputs});
}

Variable Conv2d::Forward(const Variable& x, const Pass&) {
  return bias_ ? Convolution(x, weight_, *bias_, options_) : Convolution(x, weight_, options_);
}

std::vector<Parameter> Conv2d::Parameters() const {
  if (bias_) return {{"weight", weight_}, {"bias", *bias_}};
  return {{"weight", weight_}};
}

Window Conv2d::WindowOn(const Shape&) const {
  return {weight_.shape()[2], options_.stride, options_.padding, options_.dilation};
}

Window MaxPool2d::WindowOn(const Shape& x) const {
  return {PoolingWindow(x, options_, 2), options_.stride, options_.padding};
}

Window AveragePool2d::WindowOn(const Shape& x) const {
  return {PoolingWindow(x, options_, 2), options_.stride, options_.padding};
}

}  // namespace dl
