#include "modules/training/mcnemar.h"

#include "gtest/gtest.h"
#include "modules/training/testing.h"

namespace dl {
namespace {

// P-values by SciPy 1.17: binomtest(min(b, c), b + c).pvalue and chi2.sf(statistic, 1).
TEST(McNemarTest, AgreesWithSciPy) {
  const struct {
    int64_t only_first, only_second;
    bool exact;
    double statistic, p_value;
  } known[] = {{2, 8, true, 2.5, 0.109375},
               {8, 2, true, 2.5, 0.109375},
               {0, 5, true, 3.2, 0.0625},
               {3, 4, true, 0, 1},
               {12, 12, true, 0, 1},
               {5, 19, true, 7.041666666666667, 0.006610751152038574},
               {10, 15, false, 0.64, 0.4237107971667936},
               {5, 20, false, 7.84, 0.005110260660855866},
               {25, 25, false, 0, 1},
               {86, 150, false, 16.81779661016949, 4.114562281345944e-05}};
  for (const auto& k : known) {
    const McNemarResult result = McNemarTest(k.only_first, k.only_second);
    EXPECT_EQ(result.exact, k.exact) << k.only_first;
    EXPECT_NEAR(result.statistic, k.statistic, 1e-12) << k.only_first;
    EXPECT_NEAR(result.p_value, k.p_value, 1e-10 * k.p_value) << k.only_first << " " << k.only_second;
  }
}

TEST(McNemarTest, WhoNeverDisagreeDoNotDiffer) {
  const McNemarResult result = McNemarTest(0, 0);
  EXPECT_EQ(result.p_value, 1);
  EXPECT_EQ(result.statistic, 0);
}

TEST(McNemarTest, CountsWhatOnlyOneGetsRight) {
  const std::vector<int32_t> truth = {0, 0, 0, 1, 1, 1};
  const McNemarResult result = McNemarTest(testing::SurePredictions(3, truth, {0, 0, 0, 2, 1, 0}),
                                           testing::SurePredictions(3, truth, {1, 1, 0, 1, 2, 2}));
  EXPECT_EQ(result.only_first, 3);
  EXPECT_EQ(result.only_second, 1);
  EXPECT_DOUBLE_EQ(result.p_value, 10.0 / 16);
}

TEST(McNemarDeathTest, WantsTheSameExamples) {
  EXPECT_DEATH(McNemarTest(testing::SurePredictions(2, {0}, {0}), testing::SurePredictions(2, {1}, {0})), "the same");
  EXPECT_DEATH(McNemarTest(-1, 0), "-1 and 0");
}

}  // namespace
}  // namespace dl
