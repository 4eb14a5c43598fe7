#include "modules/optimizers/experiments/quadratic.h"

#include <cmath>

#include "gtest/gtest.h"

namespace dl {
namespace {

MakeOptimizerOf SgdAt(double rate) {
  return [rate](std::vector<Variable> parameters) { return Sgd(std::move(parameters), {.rate = Constant(rate)}); };
}

TEST(QuadraticTest, LogSpacedNumbersHaveEqualRatios) {
  const std::vector<double> numbers = LogSpaced(0.01, 1, 5);
  ASSERT_EQ(numbers.size(), 5u);
  EXPECT_DOUBLE_EQ(numbers.front(), 0.01);
  EXPECT_DOUBLE_EQ(numbers.back(), 1);
  for (size_t i = 1; i < 5; ++i) EXPECT_NEAR(numbers[i] / numbers[i - 1], std::sqrt(10), 1e-12);
}

TEST(QuadraticTest, TheDiagonalOne) {
  const Quadratic f({2, 8});
  EXPECT_DOUBLE_EQ(f.Value(f.At({1, 1})), 1 + 4);
  EXPECT_DOUBLE_EQ(f.Gradient(f.At({1, 1})).data_f64()[1], 8);
}

// f(x + h e) - f(x - h e) = 2 h f'(x) exactly, and the value at the start does not depend on the rotation.
TEST(QuadraticTest, ARotationKeepsTheValueAndItsGradientIsThatOfTheValue) {
  Random random(1);
  const Quadratic f({0.5, 2, 7}, random);
  const Tensor x = f.At({1, 1, 1});
  EXPECT_NEAR(f.Value(x), 0.5 * (0.5 + 2 + 7), 1e-12);
  EXPECT_NEAR(Length(x), std::sqrt(3), 1e-12);
  const Tensor gradient = f.Gradient(x);
  EXPECT_GT(std::abs(gradient.data_f64()[0] - 0.5 * x.data_f64()[0]), 0.01) << "nothing is rotated";
  for (int64_t i = 0; i < 3; ++i) {
    Tensor up = x, down = x;
    up.mutable_data_f64()[i] += 0.5;
    down.mutable_data_f64()[i] -= 0.5;
    EXPECT_NEAR(f.Value(up) - f.Value(down), gradient.data_f64()[i], 1e-12);
  }
}

TEST(QuadraticTest, GradientDescentGoesAsFarWhateverTheRotation) {
  Random random(2);
  const std::vector<double> eigenvalues = {0.1, 0.5, 1};
  const std::vector<double> start = {3, 2, -1};
  const Quadratic straight_f(eigenvalues), rotated_f(eigenvalues, random);
  const auto straight = Descend(straight_f, straight_f.At(start), SgdAt(1.5), {.most_steps = 50});
  const auto rotated = Descend(rotated_f, rotated_f.At(start), SgdAt(1.5), {.most_steps = 50});
  ASSERT_EQ(straight->distances.size(), 51u);
  EXPECT_NEAR(straight->distances[50], std::pow(0.85, 50) * 3 / std::sqrt(14), 1e-10);
  for (size_t t = 0; t <= 50; ++t) EXPECT_NEAR(straight->distances[t], rotated->distances[t], 1e-12) << t;
}

TEST(QuadraticTest, ADescentEndsWhereItIsCloseEnoughAndWhereItDiverges) {
  const Quadratic f({1, 1});
  const auto close = Descend(f, f.At({1, 1}), SgdAt(0.5), {.most_steps = 100, .until = 0.1});
  EXPECT_EQ(close->distances, (std::vector<double>{1, 0.5, 0.25, 0.125, 0.0625}));
  EXPECT_FALSE(close->diverged_at.has_value());
  EXPECT_EQ(Descend(f, f.At({1, 1}), SgdAt(0.5), {.most_steps = 100, .until = 0.1, .stay = 2})->distances.size(), 7u);
  const auto wild = Descend(f, f.At({1, 1}), SgdAt(12), {.most_steps = 100});  // eleven times as far at each step
  EXPECT_EQ(wild->diverged_at, 9);
  EXPECT_EQ(wild->distances.size(), 10u);
}

// The first step of the heavy ball lands on the minimum, and its momentum carries it on.
TEST(QuadraticTest, ThatADescentPassesByIsNotArriving) {
  const Quadratic f({1});
  const auto heavy_ball = [](std::vector<Variable> parameters) {
    return MakeOptimizer(std::move(parameters), Momentum{0.9}, ScaleByLearningRate{Constant(1)});
  };
  const auto passing = Descend(f, f.At({1}), heavy_ball, {.most_steps = 1000, .until = 1e-9});
  EXPECT_EQ(passing->distances.size(), 2u);
  const auto staying = Descend(f, f.At({1}), heavy_ball, {.most_steps = 1000, .until = 1e-9, .stay = 20});
  EXPECT_GT(staying->distances.size(), 300u);
}

}  // namespace
}  // namespace dl
