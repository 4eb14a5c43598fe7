#include "modules/primitives/internal/exponential.h"

#include <cmath>
#include <limits>

#include "gtest/gtest.h"

namespace dl {
namespace {

TEST(ExponentialTest, IsCloseEverywhere) {
  double worst = 0;
  for (float x = -87.0f; x <= 0.0f; x += 1e-4f) {
    worst = std::max(worst, std::abs(ExponentialOfNegative(x) / std::exp(static_cast<double>(x)) - 1));
  }
  EXPECT_LE(worst, 2e-7);
}

TEST(ExponentialTest, KnowsTheEdges) {
  const float infinity = std::numeric_limits<float>::infinity();
  EXPECT_EQ(ExponentialOfNegative(0.0f), 1.0f);
  EXPECT_EQ(ExponentialOfNegative(-88.0f), 0.0f);
  EXPECT_EQ(ExponentialOfNegative(-infinity), 0.0f);
  EXPECT_TRUE(std::isnan(ExponentialOfNegative(NAN)));
}

}  // namespace
}  // namespace dl
