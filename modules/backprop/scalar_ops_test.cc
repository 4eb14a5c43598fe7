#include "modules/backprop/scalar_ops.h"

#include <cmath>
#include <functional>
#include <limits>
#include <string>

#include "gtest/gtest.h"

namespace dl {
namespace {

// An operation and the same function of plain numbers.
struct OpCase {
  std::string name;
  std::function<Scalar(Scalar, Scalar)> op;
  std::function<double(double, double)> twin;
};

std::vector<OpCase> Cases() {
  return {
      {"add", [](auto a, auto b) { return a + b; }, [](auto a, auto b) { return a + b; }},
      {"subtract", [](auto a, auto b) { return a - b; }, [](auto a, auto b) { return a - b; }},
      {"multiply", [](auto a, auto b) { return a * b; }, [](auto a, auto b) { return a * b; }},
      {"divide", [](auto a, auto b) { return a / b; }, [](auto a, auto b) { return a / b; }},
      {"add_number", [](auto a, auto) { return a + 3; }, [](auto a, auto) { return a + 3; }},
      {"number_add", [](auto a, auto) { return 3 + a; }, [](auto a, auto) { return 3 + a; }},
      {"negate", [](auto a, auto) { return -a; }, [](auto a, auto) { return -a; }},
      {"subtract_number", [](auto a, auto) { return a - 3; }, [](auto a, auto) { return a - 3; }},
      {"number_subtract", [](auto a, auto) { return 3 - a; }, [](auto a, auto) { return 3 - a; }},
      {"multiply_number", [](auto a, auto) { return a * 3; }, [](auto a, auto) { return a * 3; }},
      {"number_multiply", [](auto a, auto) { return 3 * a; }, [](auto a, auto) { return 3 * a; }},
      {"divide_number", [](auto a, auto) { return a / 3; }, [](auto a, auto) { return a / 3; }},
      {"number_divide", [](auto a, auto) { return 3 / a; }, [](auto a, auto) { return 3 / a; }},
      {"add_to", [](auto a, auto b) { return a += b; }, [](auto a, auto b) { return a += b; }},
      {"add_number_to", [](auto a, auto) { return a += 3; }, [](auto a, auto) { return a += 3; }},
      {"same_input_twice", [](auto a, auto) { return a * a; }, [](auto a, auto) { return a * a; }},
      {"relu", [](auto a, auto) { return Relu(a); }, [](auto a, auto) { return a > 0 ? a : 0; }},
      {"pow_3", [](auto a, auto) { return Pow(a, 3); }, [](auto a, auto) { return a * a * a; }},
      {"pow_minus_2", [](auto a, auto) { return Pow(a, -2); }, [](auto a, auto) { return 1 / (a * a); }},
      {"pow_half", [](auto, auto b) { return Pow(b, 0.5); }, [](auto, auto b) { return std::sqrt(b); }},
      {"exp", [](auto a, auto) { return Exp(a); }, [](auto a, auto) { return std::exp(a); }},
      {"log", [](auto, auto b) { return Log(b); }, [](auto, auto b) { return std::log(b); }},
      {"cos", [](auto a, auto) { return Cos(a); }, [](auto a, auto) { return std::cos(a); }},
      {"tanh", [](auto a, auto) { return Tanh(a); }, [](auto a, auto) { return std::tanh(a); }},
      {"sigmoid", [](auto a, auto) { return Sigmoid(a); }, [](auto a, auto) { return 1 / (1 + std::exp(-a)); }},
  };
}

class ScalarOpTest : public ::testing::TestWithParam<OpCase> {};

TEST_P(ScalarOpTest, GradientsAreTheCentralDifferences) {
  // At these points no value and no third derivative of the functions above exceeds kBound. Truncation errs by h² / 6
  // of it; each of the two values by a rounding or two of itself, which 2 h divides.
  constexpr double kStep = 1e-5, kBound = 100;
  constexpr double kTolerance = kBound * (kStep * kStep / 6 + 2 * std::numeric_limits<double>::epsilon() / kStep);
  const auto& [name, op, twin] = GetParam();
  for (double a : {-1.7, -0.8, 0.9, 2.3}) {
    for (double b : {0.8, 1.9}) {
      Tape tape;
      const Scalar x = tape.Leaf(a), y = tape.Leaf(b);
      const Scalar result = op(x, y);
      EXPECT_DOUBLE_EQ(result.value(), twin(a, b));
      const ScalarGradients gradients = tape.Gradients(-0.7 * result);
      const double dx = (twin(a + kStep, b) - twin(a - kStep, b)) / (2 * kStep);
      const double dy = (twin(a, b + kStep) - twin(a, b - kStep)) / (2 * kStep);
      EXPECT_NEAR(gradients[x], -0.7 * dx, kTolerance) << "at " << a << ", " << b;
      EXPECT_NEAR(gradients[y], -0.7 * dy, kTolerance) << "at " << a << ", " << b;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(All, ScalarOpTest, ::testing::ValuesIn(Cases()),
                         [](const auto& info) { return info.param.name; });

TEST(ScalarOpsTest, FunctionsAtTheirEdges) {
  Tape tape;
  const Scalar zero = tape.Leaf(0);
  const auto slope = [&](Scalar y) { return tape.Gradients(y)[zero]; };
  EXPECT_EQ(slope(Relu(zero)), 0);
  EXPECT_EQ(slope(Pow(zero, 0)), 0);
  EXPECT_EQ(slope(Pow(zero, 1)), 1);
  EXPECT_EQ(slope(Pow(zero, 2)), 0);
  EXPECT_EQ(Sigmoid(tape.Leaf(-1e4)).value(), 0);
  EXPECT_EQ(Sigmoid(tape.Leaf(1e4)).value(), 1);
  EXPECT_TRUE(std::isnan(Relu(tape.Leaf(NAN)).value()));
}

TEST(ScalarOpsTest, PlainNumbersAreNoNodes) {
  Tape tape;
  const Scalar x = tape.Leaf(2);
  (1 - 3 * x) / 2 + 5;
  EXPECT_EQ(tape.size(), 1u + 4u);
}

}  // namespace
}  // namespace dl
