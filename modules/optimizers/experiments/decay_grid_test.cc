#include "modules/optimizers/experiments/decay_grid.h"

#include "gtest/gtest.h"

namespace dl {
namespace {

DecayTrial Trial(double rate, double decay, std::vector<double> errors) {
  DecayTrial trial{rate, decay, {}};
  for (double error : errors) trial.outcomes.push_back({0, error, 2 * error, 0});
  return trial;
}

// Two seeds. The first one's best decay falls as the rate grows, the second one's stays. (No decay is better yet at
// 0.01.)
const std::vector<DecayTrial> kGrid = {
    Trial(0.01, 0, {0.19, 0.19}), Trial(0.01, 1e-3, {0.27, 0.20}), Trial(0.01, 1e-2, {0.20, 0.27}),
    Trial(0.1, 0, {0.22, 0.22}),  Trial(0.1, 1e-3, {0.18, 0.18}),  Trial(0.1, 1e-2, {0.23, 0.23}),
    Trial(1, 0, {0.9, 0.9}),      Trial(1, 1e-3, {0.9, 0.9}),      Trial(1, 1e-2, {0.8, 0.8}),
    Trial(10, 1e-3, {}),
};

TEST(DecayGridTest, TheBestHasTheLowestMeanError) {
  EXPECT_EQ(BestTrial(kGrid), &kGrid[4]);
  EXPECT_EQ(BestTrial(kGrid, /*plain=*/true), &kGrid[0]);
  EXPECT_EQ(kGrid[4].Of(&DecayOutcome::test_error), (std::vector<double>{0.36, 0.36}));
  EXPECT_EQ(BestTrial({Trial(1, 0, {})}), nullptr);
}

// The rate 1 is too bad to count, at 10 training diverged.
TEST(DecayGridTest, SlopesFollowTheBestDecayOfEachSeed) {
  const std::vector<double> slopes = DecaySlopes(kGrid);
  ASSERT_EQ(slopes.size(), 2u);
  EXPECT_NEAR(slopes[0], -1, 1e-12);
  EXPECT_NEAR(slopes[1], 0, 1e-12);
}

TEST(DecayGridTest, OneRateHasNoSlope) {
  EXPECT_TRUE(DecaySlopes({Trial(1, 0.1, {0.2}), Trial(1, 0.3, {0.1})}).empty());
  EXPECT_TRUE(DecaySlopes({Trial(1, 0.1, {})}).empty());
}

}  // namespace
}  // namespace dl
