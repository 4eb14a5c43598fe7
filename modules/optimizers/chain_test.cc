#include "modules/optimizers/chain.h"

#include <vector>

#include "gtest/gtest.h"
#include "modules/optimizers/adaptive.h"
#include "modules/optimizers/momentum.h"
#include "modules/optimizers/testing.h"
#include "modules/optimizers/transformation.h"

namespace dl {
namespace {

// 20 steps of d2l.ai's chapter on momentum: f = 0.1 x² + 2 y² from (-5, -2).
template <typename Chain>
std::vector<double> Trace(const Chain& chain) {
  return testing::Descend(chain, 20, {-5, -2}, [](const std::vector<double>& p) {
    return std::vector<double>{0.2 * p[0], 4 * p[1]};
  });
}

void ExpectEndsAt(const std::vector<double>& point, double x, double y) {
  EXPECT_NEAR(point[0], x, 5e-7);  // six decimals are printed
  EXPECT_NEAR(point[1], y, 5e-7);
}

ScaleByLearningRate At(double rate) { return {Constant(rate)}; }

TEST(ChainTest, FollowsThePublishedTraces) {
  ExpectEndsAt(Trace(Chain(At(0.4))), -0.943467, -0.000073);
  ExpectEndsAt(Trace(Chain(At(0.6))), -0.387814, -1673.365109);
  ExpectEndsAt(Trace(Chain(Momentum{0.5}, At(0.6))), 0.007188, 0.002553);
  ExpectEndsAt(Trace(Chain(Momentum{0.25}, At(0.6))), -0.126340, -0.186632);
  ExpectEndsAt(Trace(Chain(ScaleByAdaGrad{0, 1e-6}, At(0.4))), -2.382563, -0.158591);
  ExpectEndsAt(Trace(Chain(ScaleByAdaGrad{0, 1e-6}, At(2))), -0.002295, 0);
  ExpectEndsAt(Trace(Chain(ScaleByRms{0.9, 0, 1e-6}, At(0.4))), -0.010599, 0);
}

TEST(ChainTest, EachLinkHasItsOwnState) {
  // v ← ½ v + g twice over, g = 1: 1, then 1½; of that 1, then 2.
  double p = 0;
  std::vector<double> first(1), second(1);
  const Chain chain(Momentum{0.5}, Momentum{0.5}, At(1));
  for (int t = 0; t < 2; ++t) {
    const double g = 1;
    FusedUpdate(chain.At(t), 0, 1, &g, &p, &p, std::array<double*, 2>{first.data(), second.data()});
  }
  EXPECT_EQ(first[0], 1.5);
  EXPECT_EQ(second[0], 2.0);
  EXPECT_EQ(p, -3.0);
}

TEST(ChainTest, ScheduleSeesTheStep) {
  const Schedule second_only = [](int64_t step) { return step == 1 ? 1.0 : 0.0; };
  const auto p = testing::Descend(Chain(ScaleByLearningRate{second_only}), 3, {-5},
                                  [](const auto& at) { return std::vector<double>{0.2 * at[0]}; });
  EXPECT_DOUBLE_EQ(p[0], -5 + 0.2 * 5);
}

}  // namespace
}  // namespace dl
