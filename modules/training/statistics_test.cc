#include "modules/training/statistics.h"

#include "gtest/gtest.h"

namespace dl {
namespace {

TEST(StatisticsTest, KnownValues) {
  EXPECT_DOUBLE_EQ(Mean({2, 4, 4, 4, 5, 5, 7, 9}), 5.0);
  EXPECT_NEAR(StandardDeviation({2, 4, 4, 4, 5, 5, 7, 9}), 2.138089935299395, 1e-15);  // sqrt(32 / 7)
  EXPECT_DOUBLE_EQ(StandardDeviation({3}), 0.0);
}

TEST(StatisticsDeathTest, NothingHasNoMean) { EXPECT_DEATH(Mean({}), "no values"); }

}  // namespace
}  // namespace dl
