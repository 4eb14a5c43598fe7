#include "modules/cnn/fast_cifar.h"

#include <cmath>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "modules/backprop/linear.h"
#include "modules/backprop/ops.h"
#include "modules/base/check.h"
#include "modules/cnn/batch_norm.h"
#include "modules/cnn/conv2d.h"
#include "modules/cnn/whitening.h"

namespace dl {
namespace {

constexpr double kOutputScale = 1.0 / 9;

// What PyTorch starts layers from: uniform in ±1 / sqrt(fan-in).
Tensor PyTorchUniform(const Shape& shape, Random& random) {
  Tensor tensor(shape);
  const float bound = 1 / std::sqrt(static_cast<float>(FansOf(shape).in));
  float* values = tensor.mutable_data();
  for (int64_t i = 0; i < tensor.size(); ++i) values[i] = random.Uniform(-bound, bound);
  return tensor;
}

// The same, but the first outputs copy the inputs (Zagoruyko & Komodakis 2017).
Tensor PartlyIdentity(const Shape& shape, Random& random) {
  Tensor tensor = PyTorchUniform(shape, random);
  const int64_t inputs = shape[1], window = shape[2] * shape[3];
  float* values = tensor.mutable_data();
  for (int64_t k = 0; k < std::min(shape[0], inputs); ++k) {
    std::fill_n(values + k * inputs * window, inputs * window, 0.0f);
    values[(k * inputs + k) * window + window / 2] = 1;
  }
  return tensor;
}

class Scaling : public Layer {
 public:
  explicit Scaling(double factor) : factor_(factor) {}
  Variable Forward(const Variable& x, const Pass&) override {
    return x * Variable(Tensor::Scalar(factor_, x.value().dtype()));
  }

 private:
  double factor_;
};

Sequential Group(int64_t inputs, int64_t width, Random& random) {
  const Conv2dOptions same = {.padding = 1, .bias = false, .initializer = PartlyIdentity};
  const BatchNorm2dOptions normalisation = {.epsilon = 1e-12f, .momentum = 0.4};
  const auto gelu = [] { return Activation(Elementwise::kGELU); };
  Sequential group;
  group.Add(Conv2d(inputs, width, 3, random, same), "conv1").Add(MaxPool2d(), "pool");
  group.Add(BatchNorm2d(width, normalisation), "bn1").Add(gelu(), "gelu1");
  group.Add(Conv2d(width, width, 3, random, same), "conv2");
  group.Add(BatchNorm2d(width, normalisation), "bn2").Add(gelu(), "gelu2");
  return group;
}

}  // namespace

Sequential FastCifar(const Tensor& images, Random& random, const FastCifarOptions& options) {
  Sequential net;
  net.Add(Whitening2d(images, 2, random), "whiten").Add(Activation(Elementwise::kGELU), "gelu");
  int64_t inputs = 2 * 4 * images.dim(1);
  for (size_t i = 0; i < options.widths.size(); ++i) {
    net.Add(Group(inputs, options.widths[i], random), absl::StrCat("group", i + 1));
    inputs = options.widths[i];
  }
  net.Add(MaxPool2d({.kernel = kWholeMap, .stride = 1}), "pool");
  net.Add(Linear(inputs, options.classes, random, PyTorchUniform, /*bias=*/false), "head");
  net.Add(Scaling(kOutputScale), "scale");
  return net;
}

FastCifarParameters FastCifarParametersOf(const Layer& net) {
  FastCifarParameters result;
  for (const Parameter& parameter : net.Parameters()) {
    const bool normalisation = absl::StrContains(parameter.name, ".bn");
    if (parameter.name == "whiten.bias") {
      result.whitening_bias.push_back(parameter.variable);
    } else if (!normalisation) {
      result.others.push_back(parameter.variable);
    } else if (absl::EndsWith(parameter.name, ".bias")) {
      result.shifts.push_back(parameter.variable);
    }
  }
  DL_CHECK(result.whitening_bias.size() == 1) << "FastCifarParametersOf: the network is no FastCifar";
  return result;
}

}  // namespace dl
