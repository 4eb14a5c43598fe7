#include "modules/backprop/gradient_check.h"

#include <cmath>
#include <vector>

#include "gtest/gtest.h"
#include "modules/backprop/ops.h"
#include "modules/primitives/reference/array.h"
#include "modules/primitives/reorder.h"
#include "modules/primitives/softmax.h"
#include "modules/primitives/testing.h"

namespace dl {
namespace {

// ε^(2/3), what a central difference comes to at its best step, and a hundred for the size of f and f''' beside f'.
const double kF64Bar = 100 * std::pow(Epsilon(DType::kF64), 2.0 / 3);
const double kF32Bar = 100 * std::pow(Epsilon(DType::kF32), 2.0 / 3);

Tensor Doubles(const Shape& shape, const std::vector<double>& values) {
  return reference::ToTensor(reference::Array<double>(shape, values));
}

Variable Random64(const Shape& shape, uint64_t seed) { return Cast(testing::RandomTensor(shape, seed), DType::kF64); }

// f(x) with the given gradient, right or wrong.
Variable WithVjp(const Tensor& y, const Variable& x, Vjp vjp) { return Record("test", y, {{x, std::move(vjp)}}); }

TEST(GradientCheckTest, RightGradientsPassInBothPrecisions) {
  for (const auto& [dtype, bar] : {std::pair(DType::kF64, kF64Bar), std::pair(DType::kF32, kF32Bar)}) {
    const Variable x = Cast(testing::RandomTensor({4, 3}, 1), dtype), w = Cast(testing::RandomTensor({3, 5}, 2), dtype);
    const GradientCheck check = CheckGradients([&] { return Softmax(MatMul(x, w)); }, {x, w});
    EXPECT_TRUE(check.Passes(bar)) << check.ToString();
    ASSERT_EQ(check.variables.size(), 2u);
    EXPECT_EQ(check.variables[0].elements.compared, 12);
    EXPECT_EQ(check.variables[1].elements.compared, 15);
    EXPECT_EQ(check.variables[0].directions.compared, 4);
    EXPECT_EQ(check.gradients[1].shape(), (Shape{3, 5}));
    EXPECT_GT(check.Error(), 0);  // differences do err
  }
}

TEST(GradientCheckTest, AFaultOfAHundredThousandthFails) {
  const Variable x = Random64({4, 5}, 1);
  const auto f = [&] {
    return WithVjp(Apply(Elementwise::kTanh, x.value()), x, [](const Tensor& y, const Tensor& dy) {
      return Multiply(ApplyBackward(Elementwise::kTanh, y, dy), Tensor::Scalar(1.00001, DType::kF64));
    });
  };
  const GradientCheck check = CheckGradients(f, {x});
  EXPECT_FALSE(check.Passes(kF64Bar));
  EXPECT_NEAR(check.Error(), 1e-5, 1e-7);
}

TEST(GradientCheckTest, NamesTheWorstElement) {
  const Variable x = Random64({4, 5}, 1);
  const auto f = [&] {
    return WithVjp(x.value(), x, [](const Tensor&, const Tensor& dy) {
      Tensor dx = dy;
      dx.mutable_data_f64()[7] += 1;
      return dx;
    });
  };
  const VariableCheck check = CheckGradients(f, {x}).variables[0];
  EXPECT_EQ(check.worst_element, 7);
  EXPECT_NEAR(check.analytic - check.numerical, 1, 1e-9);
}

// The gradient of sum(softmax(x)) is 0: had dy been all ones, a backward pass that returns 0 would be right.
TEST(GradientCheckTest, UpstreamGradientsThatAreAllOnesWouldHideThis) {
  const Variable x = Random64({4, 5}, 1);
  const auto f = [&] {
    return WithVjp(dl::Softmax(x.value(), -1), x, [](const Tensor& y, const Tensor&) { return Tensor::ZerosLike(y); });
  };
  EXPECT_NEAR(CheckGradients(f, {x}).Error(), 1, 1e-9);
}

// One element of twenty has its kink at u · h to its right; wherever that is, it is seen, left out and counted.
TEST(GradientCheckTest, KinksAreLeftOutAndCounted) {
  constexpr double h = 1e-5;
  for (double u : {-0.9, -0.3, 0.0, 0.01, 0.2, 0.25, 0.3, 1.0 / 3, 0.4, 0.5, 0.6, 0.9}) {
    std::vector<double> values(20);
    for (int i = 0; i < 20; ++i) values[i] = i - 9.5;
    values[3] = -u * h;
    const Variable x = Doubles({20}, values);
    const GradientCheck check = CheckGradients([&] { return Apply(Elementwise::kReLU, x); }, {x}, {.h = h});
    EXPECT_EQ(check.variables[0].elements.kinks, 1) << "u = " << u;
    EXPECT_EQ(check.variables[0].elements.compared, 19) << "u = " << u;
    EXPECT_LE(check.variables[0].elements.error, 1e-12) << "u = " << u;
  }
}

TEST(GradientCheckTest, SmoothFunctionsHaveNoKinksAtAnyStep) {
  for (Elementwise f : {Elementwise::kTanh, Elementwise::kExp, Elementwise::kGELU, Elementwise::kSquare}) {
    for (double h = 1e-2; h > 1e-10; h /= 10) {
      const Variable x = Random64({40}, 1);
      const VariableCheck check = CheckGradients([&] { return Apply(f, x); }, {x}, {.h = h}).variables[0];
      EXPECT_EQ(check.elements.kinks + check.directions.kinks, 0) << ToString(f) << " at h = " << h;
    }
    const Variable x = testing::RandomTensor({40}, 1);
    const VariableCheck check = CheckGradients([&] { return Apply(f, x); }, {x}).variables[0];
    EXPECT_EQ(check.elements.kinks + check.directions.kinks, 0) << ToString(f) << " in f32";
  }
}

// A kink hides no fault beside it: what is compared is compared in full, and a check of kinks alone proves nothing.
TEST(GradientCheckTest, MostlyKinksFail) {
  const Variable x = Tensor::Zeros({20}, DType::kF64);
  const GradientCheck check = CheckGradients([&] { return Apply(Elementwise::kReLU, x); }, {x});
  EXPECT_EQ(check.variables[0].elements.kinks, 20);
  EXPECT_EQ(check.variables[0].worst_element, -1);
  EXPECT_FALSE(check.Passes(1));
}

TEST(GradientCheckTest, DirectionsSeeWhatASampleMisses) {
  const Variable x = Random64({1000}, 1);
  int64_t wrong = 0;
  const auto f = [&] {
    return WithVjp(x.value(), x, [&](const Tensor&, const Tensor& dy) {
      Tensor dx = dy;
      dx.mutable_data_f64()[wrong] += 100;
      return dx;
    });
  };
  for (wrong = 0;; ++wrong) {
    const VariableCheck check = CheckGradients(f, {x}, {.sample = 10}).variables[0];
    EXPECT_EQ(check.elements.compared, 10);
    if (check.elements.error > 1e-9) continue;  // the sample has met it
    EXPECT_GT(check.directions.error, 0.1);
    break;
  }
}

TEST(GradientCheckTest, AGradientThatIsNoNumberFails) {
  const Variable x = Random64({3}, 1), z = Random64({3}, 2);
  const auto f = [&] {
    return WithVjp(x.value(), x, [](const Tensor&, const Tensor& dy) { return Divide(dy, Tensor::ZerosLike(dy)); }) + z;
  };
  const GradientCheck check = CheckGradients(f, {x, z});
  EXPECT_FALSE(check.Passes(1e9));
  EXPECT_TRUE(std::isnan(check.Error()));
}

TEST(GradientCheckTest, PutsTheVariablesBackAndRepeats) {
  const Variable x = Random64({6}, 1);
  const Tensor before = x.value();
  const auto f = [&] { return Apply(Elementwise::kTanh, x); };
  const double first = CheckGradients(f, {x}).Error();
  EXPECT_EQ(x.value().raw(), before.raw());
  EXPECT_EQ(CheckGradients(f, {x}).Error(), first);
  EXPECT_NE(CheckGradients(f, {x}, {.seed = 2}).Error(), first);
}

// exp has f = f' = f''', so that the step of the theory should be right within the noise of rounding.
TEST(GradientCheckTest, TheBestStepErrsLess) {
  const Variable x = Random64({100}, 1);
  const auto error = [&](double h) {
    return CheckGradients([&] { return Apply(Elementwise::kExp, x); }, {x}, {.h = h}).variables[0].elements.error;
  };
  const double best = BestStep(DType::kF64), least = error(best);
  EXPECT_LT(least, std::pow(Epsilon(DType::kF64), 2.0 / 3));
  EXPECT_NEAR(error(100 * best), 1e4 * best * best / 6, 0.2 * 1e4 * best * best / 6);
  EXPECT_GT(error(best / 100), 10 * least);
}

TEST(GradientCheckDeathTest, EightBitsAreTooFew) { EXPECT_DEATH(BestStep(DType::kBF16), "too few digits"); }

}  // namespace
}  // namespace dl
