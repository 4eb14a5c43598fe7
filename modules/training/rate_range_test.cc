#include "modules/training/rate_range.h"

#include <cmath>

#include "gtest/gtest.h"

namespace dl {
namespace {

const std::vector<double> kRates = {1e-4, 1e-3, 1e-2, 1e-1, 1};

TEST(RateRangeTest, EndsWhereTheLineCrossesTheLimit) {
  const auto range = RangeWithin(kRates, {2, 1, 0.5, 0.6, 1.6}, 0.8);
  ASSERT_TRUE(range.has_value());
  EXPECT_NEAR(std::log10(range->low), -2.6, 1e-12);   // from 0.5 at 1e-2 to 1 at 1e-3
  EXPECT_NEAR(std::log10(range->high), -0.8, 1e-12);  // from 0.6 at 1e-1 to 1.6 at 1
  EXPECT_NEAR(range->Decades(), 1.8, 1e-12);
  EXPECT_FALSE(range->open_low);
  EXPECT_FALSE(range->open_high);
}

TEST(RateRangeTest, EndsAtTheLastRateThatDidNotDiverge) {
  const auto range = RangeWithin(kRates, {2, 1, 0.5, 0.6, NAN}, 0.8);
  ASSERT_TRUE(range.has_value());
  EXPECT_EQ(range->high, 1e-1);
  EXPECT_FALSE(range->open_high);
}

TEST(RateRangeTest, IsOpenWhereTheSearchEnds) {
  const auto range = RangeWithin(kRates, {0.5, 0.5, 0.6, 0.7, 0.7}, 0.8);
  ASSERT_TRUE(range.has_value());
  EXPECT_EQ(range->low, 1e-4);
  EXPECT_EQ(range->high, 1);
  EXPECT_TRUE(range->open_low);
  EXPECT_TRUE(range->open_high);
}

// A second basin beside the best one is not reached by a small mistake.
TEST(RateRangeTest, StaysInOnePiece) {
  const auto range = RangeWithin(kRates, {0.7, 1.3, 0.5, 1.1, 0.6}, 0.8);
  ASSERT_TRUE(range.has_value());
  EXPECT_NEAR(range->Decades(), 0.3 / 0.8 + 0.3 / 0.6, 1e-12);
}

TEST(RateRangeTest, NoneWhereNothingIsWithin) {
  EXPECT_FALSE(RangeWithin(kRates, {2, 2, 2, NAN, NAN}, 0.8).has_value());
  EXPECT_FALSE(RangeWithin(kRates, {NAN, NAN, NAN, NAN, NAN}, 0.8).has_value());
}

}  // namespace
}  // namespace dl
