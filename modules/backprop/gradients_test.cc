#include "modules/backprop/gradients.h"

#include "gtest/gtest.h"
#include "modules/backprop/ops.h"

namespace dl {
namespace {

TEST(GradientsTest, FollowTheChainRule) {
  // f = (a b + a) a: df/da = 2 a (b + 1), df/db = a².
  const Variable a = Tensor::Scalar(3), b = Tensor::Scalar(5);
  const auto gradients = Gradients((a * b + a) * a, {a, b});
  EXPECT_EQ(gradients[0].item(), 36);
  EXPECT_EQ(gradients[1].item(), 9);
}

// micrograd's README expression and its printed values, four decimals of them; f32 adds a few units of its 24th bit.
TEST(GradientsTest, ReproduceMicrogradsExample) {
  const auto number = [](float value) { return Variable(Tensor::Scalar(value)); };
  const auto relu = [](const Variable& x) { return Apply(Elementwise::kReLU, x); };
  const Variable a = number(-4), b = number(2);
  Variable c = a + b;
  Variable d = a * b + b * b * b;
  c = c + c + number(1);
  c = c + number(1) + c + number(-1) * a;
  d = d + d * number(2) + relu(b + a);
  d = d + number(3) * d + relu(b - a);
  const Variable e = c - d;
  const Variable f = e * e;
  Variable g = f / number(2);
  g = g + number(10) / f;
  EXPECT_NEAR(g.value().item(), 24.7041, 5e-5 + 25 * 5e-7);
  const auto gradients = Gradients(g, {a, b});
  EXPECT_NEAR(gradients[0].item(), 138.8338, 5e-5 + 139 * 5e-7);
  EXPECT_NEAR(gradients[1].item(), 645.5773, 5e-5 + 646 * 5e-7);
}

TEST(GradientsTest, ArePure) {
  const Variable a = Tensor::Scalar(3);
  const Variable loss = a * a * a;
  EXPECT_EQ(Gradients(loss, {a})[0].item(), 27);
  EXPECT_EQ(Gradients(loss, {a})[0].item(), 27);
}

TEST(GradientsTest, ReachIntermediateVariablesAndTheLossItself) {
  const Variable a = Tensor::Scalar(3);
  const Variable b = a * a;
  const Variable loss = b * b;
  const auto gradients = Gradients(loss, {b, loss, a});
  EXPECT_EQ(gradients[0].item(), 18);
  EXPECT_EQ(gradients[1].item(), 1);
  EXPECT_EQ(gradients[2].item(), 108);
}

TEST(GradientsTest, AreZeroWhereNothingDepends) {
  const Variable a = Tensor::Scalar(3), unused = Tensor::Full({2, 2}, 1.0f);
  const auto gradients = Gradients(a * a, {unused});
  EXPECT_EQ(gradients[0].shape(), (Shape{2, 2}));
  EXPECT_EQ(gradients[0].data()[3], 0.0f);
}

TEST(GradientsTest, NeverVisitWhatLeadsNowhere) {
  int visits = 0;
  const auto counted = [&visits](const Variable& x) {
    return Record("identity", x.value(), {{x, [&visits](const Tensor&, const Tensor& dy) {
                                 ++visits;
                                 return dy;
                               }}});
  };
  const Variable frozen = Tensor::Scalar(2), trained = Tensor::Scalar(3);
  const Variable loss = counted(counted(frozen)) * counted(trained);
  EXPECT_EQ(Gradients(loss, {trained})[0].item(), 2);
  EXPECT_EQ(visits, 1);
}

// A diamond 60 levels deep has 2^60 paths: each node must be visited once.
TEST(GradientsTest, VisitEachNodeOnce) {
  const Variable a = Tensor::Scalar(1);
  Variable x = a;
  for (int i = 0; i < 60; ++i) x = x + x;
  EXPECT_EQ(Gradients(x, {a})[0].item(), 0x1p60f);
}

TEST(GradientsDeathTest, TheLossHoldsOneElement) {
  const Variable x = Tensor::Zeros({2});
  EXPECT_DEATH(Gradients(x, {x}), "the loss is \\[2\\]; it must hold one element");
}

}  // namespace
}  // namespace dl
