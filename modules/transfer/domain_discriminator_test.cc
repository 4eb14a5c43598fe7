#include "modules/transfer/domain_discriminator.h"

#include <cmath>
#include <numbers>

#include "gtest/gtest.h"
#include "modules/backprop/gradients.h"
#include "modules/backprop/ops.h"
#include "modules/optimizers/optimizer.h"
#include "modules/primitives/testing.h"

namespace dl {
namespace {

// A discriminator that says w x: what its loss is can be said by hand.
class Linear1 : public Layer {
 public:
  Variable Forward(const Variable& x, const Pass&) override { return x * w_; }
  std::vector<Parameter> Parameters() const override { return {{"weight", w_}}; }

 private:
  Variable w_ = Tensor::Scalar(0.5);
};

double Softplus(double z) { return std::log1p(std::exp(z)); }
double Sigmoid(double z) { return 1 / (1 + std::exp(-z)); }

// Logits 0.5 and 1 of the source, -1.5 of the target.
TEST(DomainDiscriminatorTest, TheLossCountsBothDomainsHalfAndTurnsTheFeaturesRound) {
  Linear1 discriminator;
  const Variable s = Tensor::Of({2, 1}, {1, 2}), t = Tensor::Of({1, 1}, {-3}),
                 w = discriminator.Parameters()[0].variable;
  const Variable loss = DomainLoss(discriminator, s, t, 0.1, {});
  EXPECT_NEAR(loss.value().item(), ((Softplus(-0.5) + Softplus(-1)) / 2 + Softplus(-1.5)) / 2, 1e-6);
  const std::vector<Tensor> gradients = Gradients(loss, {s, t, w});
  EXPECT_NEAR(gradients[0].data()[0], -0.1 * 0.5 * (Sigmoid(0.5) - 1) / 4, 1e-7);
  EXPECT_NEAR(gradients[0].data()[1], -0.1 * 0.5 * (Sigmoid(1) - 1) / 4, 1e-7);
  EXPECT_NEAR(gradients[1].data()[0], -0.1 * 0.5 * Sigmoid(-1.5) / 2, 1e-7);
  EXPECT_NEAR(gradients[2].item(), ((Sigmoid(0.5) - 1) * 1 + (Sigmoid(1) - 1) * 2) / 4 + Sigmoid(-1.5) * -3 / 2, 1e-6);
}

TEST(DomainDiscriminatorTest, IsTheNetworkThatWasAskedFor) {
  Random random(1);
  Sequential net = DomainDiscriminator(6, random, {.hidden = {5}});
  EXPECT_EQ(ParameterCount(net), 6 * 5 + 5 + 5 + 1);
  EXPECT_EQ(net.Forward(testing::RandomTensor({3, 6}, 1), {}).shape(), (Shape{3, 1}));
  EXPECT_EQ(ParameterCount(DomainDiscriminator(6, random)), 6 * 1024 + 1024 + 1024 * 1024 + 1024 + 1024 + 1);
}

// Two clouds at a distance: the discriminator learns to tell them apart, while the features, which are free to move,
// come together until it cannot.
TEST(DomainDiscriminatorTest, FreeFeaturesMeetWhereTheyCannotBeToldApart) {
  Random random(1);
  Sequential net = DomainDiscriminator(2, random, {.hidden = {16}});
  const Variable s = testing::RandomTensor({64, 2}, 1), t = testing::RandomTensor({64, 2}, 2),
                 shift = Tensor::Of({2}, {3, 0});
  const auto learn = [&](double lambda, const Variable& moved, std::vector<Variable> parameters, int steps) {
    const auto optimizer = Sgd(std::move(parameters), {.rate = Constant(0.2)});
    double loss = 0;
    for (int step = 0; step < steps; ++step) {
      const Variable l = DomainLoss(net, s, t + moved, lambda, {});
      optimizer->Step(Gradients(l, optimizer->parameters()));
      loss = l.value().item();
    }
    return loss;
  };
  EXPECT_LT(learn(0, shift.value(), Variables(net), 200), 0.2);
  std::vector<Variable> all = Variables(net);
  all.push_back(shift);
  EXPECT_GT(learn(1, shift, all, 2000), 0.9 * std::numbers::ln2);
  EXPECT_LT(std::abs(shift.value().data()[0]), 1);
}

}  // namespace
}  // namespace dl
