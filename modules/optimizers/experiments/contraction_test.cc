#include "modules/optimizers/experiments/contraction.h"

#include <cmath>

#include "gtest/gtest.h"

namespace dl {
namespace {

TEST(ContractionTest, ConstantsOfAConditionNumberOfNine) {
  EXPECT_DOUBLE_EQ(BestConstants("sgd", 9).rate, 1.8);
  EXPECT_DOUBLE_EQ(BestConstants("sgd", 9).factor, 0.8);
  EXPECT_DOUBLE_EQ(BestConstants("momentum", 9).rate, 2.25);
  EXPECT_DOUBLE_EQ(BestConstants("momentum", 9).momentum, 0.25);
  EXPECT_DOUBLE_EQ(BestConstants("momentum", 9).factor, 0.5);
  EXPECT_DOUBLE_EQ(BestConstants("nesterov", 9).momentum, 0.5);
  EXPECT_NEAR(BestConstants("nesterov", 9).factor, 2.0 / 3, 1e-15);
}

// The double root of momentum leaves t ρᵗ, so that the slope is a little less than log ρ.
TEST(ContractionTest, MeasuredFactorsAreThoseOfTheory) {
  const auto sgd = MeasureContraction("sgd", 100, 20, 1e-6);
  EXPECT_NEAR(sgd->factor, 99.0 / 101, 1e-9);
  EXPECT_NEAR(static_cast<double>(sgd->steps), std::log(std::sqrt(0.1) / 1e-6) / std::log(101.0 / 99), 1);
  for (const std::string method : {"momentum", "nesterov"}) {
    const auto run = MeasureContraction(method, 100, 20, 1e-6);
    EXPECT_GT(run->factor, run->constants.factor) << method;
    EXPECT_NEAR(std::log(run->factor) / std::log(run->constants.factor), 0.98, 0.015) << method;
    EXPECT_LT(run->steps * 4, sgd->steps) << method;
    EXPECT_GT(run->distances[run->steps - 1], 1e-6);
    EXPECT_LE(run->distances[run->steps], 1e-6);
  }
}

}  // namespace
}  // namespace dl
