#include "modules/optimizers/experiments/step_lengths.h"

#include <cmath>

#include "gtest/gtest.h"
#include "modules/base/random.h"

namespace dl {
namespace {

TEST(StepLengthsTest, TheFirstStepIsRootTenTimesTooLong) {
  EXPECT_NEAR(StepRatio(0.9, 0.999, 1), std::sqrt(10), 1e-12);
  EXPECT_NEAR(MeasureStepRatios(0.9, 0.999, {-2})[0], std::sqrt(10), 1e-6);
}

TEST(StepLengthsTest, TheRatioDoesNotDependOnTheGradients) {
  Random random(1);
  std::vector<double> gradients;
  for (int t = 0; t < 500; ++t) gradients.push_back(1 + 5 * random.Uniform());
  for (double beta1 : {0.0, 0.9}) {
    for (double beta2 : {0.9, 0.9999}) {
      const std::vector<double> ratios = MeasureStepRatios(beta1, beta2, gradients);
      ASSERT_EQ(ratios.size(), 500u);
      for (size_t i = 0; i < 500; ++i) {
        EXPECT_NEAR(ratios[i] / StepRatio(beta1, beta2, i + 1), 1, 1e-6) << beta1 << " " << beta2 << " " << i;
      }
    }
  }
}

}  // namespace
}  // namespace dl
