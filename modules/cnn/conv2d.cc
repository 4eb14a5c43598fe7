#include "modules/cnn/conv2d.h"

#include "modules/base/check.h"

namespace dl {

Conv2d::Conv2d(int64_t inputs, int64_t outputs, int64_t kernel, Random& random, const ConvolutionOptions& options,
               const Initializer& initializer)
    : options_(options),
      weight_(initializer({outputs, inputs / options.groups, kernel, kernel}, random)),
      bias_(Tensor::Zeros({outputs})) {
  DL_CHECK(inputs % options.groups == 0 && outputs % options.groups == 0)
      << "Conv2d: " << inputs << " inputs and " << outputs << " outputs; " << options.groups
      << " groups must divide both";
}

Variable Conv2d::Forward(const Variable& x, const Pass&) { return Convolution(x, weight_, bias_, options_); }

std::vector<Parameter> Conv2d::Parameters() const { return {{"weight", weight_}, {"bias", bias_}}; }

}  // namespace dl
