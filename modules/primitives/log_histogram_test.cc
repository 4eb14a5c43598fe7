#include "modules/primitives/log_histogram.h"

#include <limits>

#include "gtest/gtest.h"

namespace dl {
namespace {

TEST(LogHistogramTest, EachDecadeHoldsItsOwn) {
  const float infinity = std::numeric_limits<float>::infinity(), nan = std::numeric_limits<float>::quiet_NaN();
  const LogHistogram h = LogHistogramOf(Tensor::Of({10}, {0.2f, -0.5f, 0.9f, 2, -3, 20, 1e-9f, infinity, 0, nan}),
                                        {.low = -2, .high = 2, .per_decade = 1});
  EXPECT_EQ(h.centres, (std::vector<double>{-1.5, -0.5, 0.5, 1.5}));
  ASSERT_EQ(h.shares.size(), 4u);
  EXPECT_DOUBLE_EQ(h.shares[0], 0.1);  // the tiny one
  EXPECT_DOUBLE_EQ(h.shares[1], 0.3);
  EXPECT_DOUBLE_EQ(h.shares[2], 0.2);
  EXPECT_DOUBLE_EQ(h.shares[3], 0.2);  // 20 and the infinite one
  EXPECT_DOUBLE_EQ(h.zeros, 0.2);
}

TEST(LogHistogramTest, BinsDivideADecadeEvenly) {
  const LogHistogram h = LogHistogramOf(Tensor::Of({2}, {3.1f, 3.2f}), {.low = 0, .high = 1, .per_decade = 2});
  EXPECT_EQ(h.shares, (std::vector<double>{0.5, 0.5}));  // 10^0.5 = 3.16
  EXPECT_EQ(h.centres, (std::vector<double>{0.25, 0.75}));
}

TEST(LogHistogramDeathTest, NoElementsHaveNoShares) { EXPECT_DEATH(LogHistogramOf(Tensor()), "\\[0\\] from"); }

}  // namespace
}  // namespace dl
