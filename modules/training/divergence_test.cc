#include "modules/training/divergence.h"

#include <limits>

#include "gtest/gtest.h"
#include "modules/backprop/losses.h"
#include "modules/backprop/mlp.h"
#include "modules/backprop/ops.h"

namespace dl {
namespace {

constexpr float kNaN = std::numeric_limits<float>::quiet_NaN(), kInfinity = std::numeric_limits<float>::infinity();

class DivergenceTest : public testing::Test {
 protected:
  std::string Found() const {
    const auto loss = [this](const Variable& y) { return loss_(y); };
    return FirstNotFinite(*mlp_, x_, loss, Variables(*mlp_), Random(1));
  }

  Random random_{1};
  // Layers 0 and 2 are linear, 1 is between them.
  std::unique_ptr<Sequential> mlp_ = std::make_unique<Sequential>(Mlp({2, 3, 2}, Elementwise::kReLU, random_));
  Tensor x_ = Tensor::Full({4, 2}, 1);
  std::function<Variable(const Variable&)> loss_ = [](const Variable& y) { return CrossEntropy(y, {0, 1, 0, 1}); };
};

TEST_F(DivergenceTest, IsSilentWhereAllIsWell) { EXPECT_EQ(Found(), ""); }

TEST_F(DivergenceTest, NamesTheInputs) {
  x_.mutable_data()[5] = kInfinity;
  EXPECT_EQ(Found(), "the inputs are not finite");
}

TEST_F(DivergenceTest, NamesTheFirstLayerAndItsParameter) {
  Variables(*mlp_)[1].mutable_value().mutable_data()[2] = kInfinity;
  EXPECT_EQ(Found(), "the output of layer 0 [4, 3] is not finite, nor is its bias");
}

TEST_F(DivergenceTest, NamesALayerThatOverflows) {
  for (int i : {0, 1, 2}) Variables(*mlp_)[i].mutable_value() = Tensor::Full(Variables(*mlp_)[i].shape(), 1e30);
  EXPECT_EQ(Found(), "the output of layer 2 [4, 2] is not finite");
}

TEST_F(DivergenceTest, NamesTheLoss) {
  loss_ = [](const Variable& y) { return CrossEntropy(y, {0, 1, 0, 1}) * Variable(Tensor::Scalar(kNaN)); };
  EXPECT_EQ(Found(), "the loss of a finite output is not finite");
}

// The gradient becomes NaN between the loss and the logits, so every layer has it; the last one had it first.
TEST_F(DivergenceTest, NamesTheGradientThatWasMadeFirst) {
  loss_ = [](const Variable& y) {
    const Variable broken = Record("broken", y.value(), {{y, [](const Tensor&, const Tensor& dy) {
                                                            return Tensor::Full(dy.shape(), kNaN);
                                                          }}});
    return CrossEntropy(broken, {0, 1, 0, 1});
  };
  EXPECT_EQ(Found(), "the gradient of 2.bias [2] is not finite");
}

}  // namespace
}  // namespace dl
