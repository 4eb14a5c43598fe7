#include "modules/training/rank_correlation.h"

#include <cmath>
#include <vector>

#include "gtest/gtest.h"

namespace dl {
namespace {

double Of(const std::vector<float>& a, const std::vector<float>& b) { return RankCorrelation(a, b); }

TEST(RankCorrelationTest, OnlyTheOrderCounts) {
  EXPECT_DOUBLE_EQ(Of({1, 2, 3, 4}, {10, 11, 500, 501}), 1);
  EXPECT_DOUBLE_EQ(Of({1, 2, 3, 4}, {4, 0, -7, -8}), -1);
  EXPECT_DOUBLE_EQ(Of({1, 2, 3, 4, 5}, {2, 1, 4, 3, 5}), 0.8);  // 1 - 6 · 4 / (5 · 24)
}

TEST(RankCorrelationTest, EqualValuesShareTheirRanks) {
  EXPECT_NEAR(Of({1, 2, 2, 3}, {1, 2, 3, 4}), 4.5 / std::sqrt(4.5 * 5), 1e-15);
  EXPECT_NEAR(Of({0, 0, 0, 5, 1}, {2, 2, 7, 7, 1}), 0.5 / std::sqrt(8.0 * 9), 1e-15);
}

TEST(RankCorrelationTest, AConstantListRanksNothing) { EXPECT_EQ(Of({3, 3, 3}, {1, 2, 3}), 0); }

}  // namespace
}  // namespace dl
