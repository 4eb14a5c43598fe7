#include "modules/backprop/scalar_mlp.h"

#include <algorithm>
#include <cmath>

#include "gtest/gtest.h"
#include "modules/backprop/gradients.h"
#include "modules/backprop/mlp.h"
#include "modules/backprop/ops.h"
#include "modules/backprop/scalar_ops.h"

namespace dl {
namespace {

TEST(ScalarMlpTest, ComputesByHand) {
  Tape tape;
  Random random(1);
  const ScalarMlp mlp(tape, {2, 2, 1}, random);
  const double values[] = {1, -2, 3, 4, /* b */ 0.5, -1, /* w */ 2, -3, /* b */ 0.25};
  ASSERT_EQ(mlp.parameters().size(), std::size(values));
  for (size_t i = 0; i < std::size(values); ++i) tape.set_value(mlp.parameters()[i], values[i]);
  const auto output = [&](double x, double y) { return mlp.Forward({x, y})[0].value(); };
  EXPECT_EQ(output(1, 1), 2 * 0 - 3 * 6 + 0.25);     // hidden: max(0, -0.5), 6
  EXPECT_EQ(output(3, -3), 2 * 9.5 - 3 * 0 + 0.25);  // hidden: 9.5, max(0, -4)
}

TEST(ScalarMlpTest, MicrogradsNetworkHas337Parameters) {
  Tape tape;
  Random random(1);
  const ScalarMlp mlp(tape, {2, 16, 16, 1}, random);
  EXPECT_EQ(mlp.parameters().size(), 337u);
  EXPECT_EQ(tape.size(), 337u);
  int zeros = 0;
  double least = 1, largest = -1;
  for (Scalar p : mlp.parameters()) {
    zeros += p.value() == 0;
    least = std::min(least, p.value());
    largest = std::max(largest, p.value());
  }
  EXPECT_EQ(zeros, 33);  // the biases
  EXPECT_GE(least, -1);
  EXPECT_LT(least, -0.9);
  EXPECT_LT(largest, 1);
  EXPECT_GT(largest, 0.9);
}

// Two engines, one loss: the hinge loss and the penalty of the moons demo, f32 on tensors and double on Scalars.
TEST(ScalarMlpTest, GradientsAreThoseOfTheTensorEngine) {
  constexpr int64_t kPoints = 20;
  constexpr float kPenalty = 1e-2f;
  Random random(3);
  Sequential tensors = Mlp({2, 16, 16, 1}, Elementwise::kReLU, random);
  Tape tape;
  const ScalarMlp scalars(tape, {2, 16, 16, 1}, random);
  const std::vector<Variable> parameters = Variables(tensors);
  size_t next = 0;
  for (Variable p : parameters) {
    Tensor& value = p.mutable_value();
    for (int64_t i = 0; i < value.size(); ++i) {
      value.mutable_data()[i] = random.Uniform(-1, 1);  // biases too
      tape.set_value(scalars.parameters()[next++], value.data()[i]);
    }
  }
  ASSERT_EQ(next, scalars.parameters().size());

  Tensor x({kPoints, 2}), t({kPoints, 1});
  std::vector<Scalar> scores;
  std::vector<double> targets;
  for (int64_t i = 0; i < kPoints; ++i) {
    const float point[] = {random.Normal(), random.Normal()};
    std::copy(point, point + 2, x.mutable_data() + 2 * i);
    t.mutable_data()[i] = i % 2 == 0 ? 1.0f : -1.0f;
    scores.push_back(scalars.Forward({point[0], point[1]})[0]);
    targets.push_back(t.data()[i]);
  }
  const Scalar loss = HingeLoss(scores, targets) + kPenalty * SumOfSquares(scalars.parameters());
  const ScalarGradients gradients = tape.Gradients(loss);

  const Variable one = Tensor::Scalar(1), penalty = Tensor::Scalar(kPenalty);
  Variable expected_loss = Mean(Apply(Elementwise::kReLU, one - Variable(t) * tensors.Forward(x, {})));
  for (const Variable& p : parameters) expected_loss = expected_loss + penalty * Sum(p * p);
  const std::vector<Tensor> expected = Gradients(expected_loss, parameters);

  EXPECT_NEAR(loss.value(), expected_loss.value().item(), 2e-6 * loss.value());
  double distance = 0, norm = 0;
  next = 0;
  for (const Tensor& g : expected) {
    for (float value : g.values()) {
      const double difference = gradients[scalars.parameters()[next++]] - value;
      distance += difference * difference;
      norm += double{value} * value;
    }
  }
  EXPECT_GT(norm, 0.01);
  EXPECT_LT(std::sqrt(distance / norm), 2e-6);
}

TEST(ScalarMlpTest, TheHingeChargesWhatIsNotRightByOne) {
  Tape tape;
  const std::vector<Scalar> s = {tape.Leaf(3), tape.Leaf(0.5), tape.Leaf(3), tape.Leaf(-2)};
  const Scalar loss = HingeLoss(s, {1, 1, -1, -1});
  EXPECT_EQ(loss.value(), (0 + 0.5 + 4 + 0) / 4);
  const ScalarGradients gradients = tape.Gradients(loss);
  EXPECT_EQ(gradients[s[0]], 0);
  EXPECT_EQ(gradients[s[1]], -0.25);
  EXPECT_EQ(gradients[s[2]], 0.25);
  EXPECT_EQ(gradients[s[3]], 0);
}

TEST(ScalarMlpTest, TheSumOfSquaresHasTheGradientTwoX) {
  Tape tape;
  const std::vector<Scalar> x = {tape.Leaf(3), tape.Leaf(-4)};
  const Scalar sum = SumOfSquares(x);
  EXPECT_EQ(sum.value(), 25);
  EXPECT_EQ(tape.Gradients(sum)[x[1]], -8);
}

TEST(ScalarMlpDeathTest, SizesMustFit) {
  Tape tape;
  Random random(1);
  EXPECT_DEATH(ScalarMlp(tape, {2}, random), "1 widths; inputs and outputs are two");
  const ScalarMlp mlp(tape, {2, 1}, random);
  EXPECT_DEATH(mlp.Forward({1, 2, 3}), "x holds 3 numbers; the network wants 2");
  EXPECT_DEATH(HingeLoss(mlp.Forward({1, 2}), {1, 1}), "1 scores, 2 targets");
  EXPECT_DEATH(SumOfSquares({}), "there are no numbers");
}

}  // namespace
}  // namespace dl
