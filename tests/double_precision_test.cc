// Whole networks in double: their gradients are the slopes of their losses, and what f32 computes but for rounding.
#include <cmath>
#include <functional>

#include "gtest/gtest.h"
#include "modules/backprop/gradients.h"
#include "modules/backprop/losses.h"
#include "modules/backprop/mlp.h"
#include "modules/backprop/ops.h"
#include "modules/cnn/lenet.h"
#include "modules/primitives/reorder.h"
#include "modules/primitives/testing.h"

namespace dl {
namespace {

using reference::FromTensor;

const std::vector<int32_t> kLabels = {3, 0};

struct Case {
  const char* name;
  Shape x;
  std::function<Sequential(Random&)> network;
  std::function<Variable(const Variable& y)> loss;
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

Variable Half(const Variable& y) { return Tensor::Full(y.shape(), 0.5, y.value().dtype()); }

class DoublePrecisionTest : public ::testing::TestWithParam<Case> {
 protected:
  // The parameters and the input as `dtype`.
  void CastAll(DType dtype) {
    x_ = Cast(x_, dtype);
    for (Variable& parameter : parameters_) parameter.mutable_value() = Cast(parameter.value(), dtype);
  }
  Variable Loss() { return GetParam().loss(network_.Forward(x_, {})); }

  Random random_{1};
  Sequential network_ = GetParam().network(random_);
  std::vector<Variable> parameters_ = Variables(network_);
  Tensor x_ = testing::RandomTensor(GetParam().x, 2);
};

TEST_P(DoublePrecisionTest, SinglePrecisionIsTheSameButForRounding) {
  const double loss = Loss().value().item();
  const std::vector<Tensor> gradients = Gradients(Loss(), parameters_);
  CastAll(DType::kF64);
  EXPECT_NEAR(loss, Loss().value().item(), testing::kF32Tolerance * loss);
  const std::vector<Tensor> in_double = Gradients(Loss(), parameters_);
  for (size_t i = 0; i < gradients.size(); ++i) {
    EXPECT_EQ(in_double[i].dtype(), DType::kF64);
    EXPECT_LE(testing::RelativeL2(gradients[i], FromTensor<double>(in_double[i])), testing::kF32Tolerance) << i;
  }
}

// Some elements of each parameter, h = 1e-5: truncation h² f''' / 6 and rounding 1e-16 / h are about 1e-11, while the
// smaller slopes are about 1e-3.
TEST_P(DoublePrecisionTest, GradientsAreTheSlopes) {
  CastAll(DType::kF64);
  const std::vector<Tensor> gradients = Gradients(Loss(), parameters_);
  const double h = 1e-5;
  for (size_t i = 0; i < gradients.size(); ++i) {
    Tensor& value = parameters_[i].mutable_value();
    double error = 0, norm = 0;
    for (int64_t e = 0; e < value.size(); e += 1 + value.size() / 16) {
      const double before = value.data_f64()[e];
      value.mutable_data_f64()[e] = before + h;
      const double above = Loss().value().item();
      value.mutable_data_f64()[e] = before - h;
      const double slope = (above - Loss().value().item()) / (2 * h);
      value.mutable_data_f64()[e] = before;
      error += std::pow(gradients[i].data_f64()[e] - slope, 2);
      norm += slope * slope;
    }
    EXPECT_GT(norm, 0);
    EXPECT_LE(std::sqrt(error / norm), 1e-7) << "parameter " << i;
  }
}

const auto kCrossEntropy = [](const Variable& y) { return CrossEntropy(y, kLabels); };
const auto kMlp = [](Elementwise f) { return [f](Random& random) { return Mlp({7, 6, 5, 4}, f, random); }; };

INSTANTIATE_TEST_SUITE_P(
    Networks, DoublePrecisionTest,
    ::testing::Values(Case{"mlp_tanh", {2, 7}, kMlp(Elementwise::kTanh), kCrossEntropy},
                      Case{"mlp_gelu_binary",
                           {2, 7},
                           kMlp(Elementwise::kGELU),
                           [](const Variable& y) { return BinaryCrossEntropyWithLogits(y, Half(y).value()); }},
                      Case{"mlp_elu_squared",
                           {2, 7},
                           kMlp(Elementwise::kELU),
                           [](const Variable& y) { return MeanSquaredError(Softmax(y), Half(y).value()); }},
                      // A loss of operations: broadcasting, a quotient, a reduction along an axis, a path that forks.
                      Case{"mlp_sigmoid_expression",
                           {2, 7},
                           kMlp(Elementwise::kSigmoid),
                           [](const Variable& y) {
                             const Variable largest = Reduce(Reduction::kMax, y, {1}, /*keep_dims=*/true);
                             const Variable ratio = (y - largest) / (y * y + Half(y));
                             return Mean(Apply(Elementwise::kSquare, ratio)) - Sum(y * Half(y));
                           }},
                      Case{"lenet", {2, 1, 28, 28}, [](Random& random) { return LeNet5(random); }, kCrossEntropy}),
    [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace dl
