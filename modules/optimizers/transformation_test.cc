#include "modules/optimizers/transformation.h"

#include "gtest/gtest.h"
#include "modules/optimizers/testing.h"

namespace dl {
namespace {

using testing::ExpectFollows;

TEST(TransformationTest, GradientDescentFollowsItsFormula) {
  ExpectFollows(Chain(ScaleByLearningRate{Constant(0.02)}), [](int, auto g, auto, auto&) { return -0.02 * g; });
}

TEST(TransformationTest, DecayAddsAPartOfTheParameter) {
  ExpectFollows(Chain(AddDecayedWeights{0.05}, ScaleByLearningRate{Constant(0.02)}),
                [](int, auto g, auto p, auto&) { return -0.02 * (g + 0.05 * p); });
}

TEST(TransformationTest, ClippingBoundsBothSides) {
  const auto clip = ClipByValue{0.5}.At(0);
  EXPECT_EQ(clip(0.7, 0.0), 0.5);
  EXPECT_EQ(clip(-0.7, 0.0), -0.5);
  EXPECT_EQ(clip(0.3, 0.0), 0.3);
  EXPECT_TRUE(std::isnan(clip(std::nan(""), 0.0)));  // a run that diverged must say so
}

TEST(TransformationTest, TheRateIsThatOfTheStep) {
  const ScaleByLearningRate link{[](int64_t step) { return static_cast<double>(step); }};
  EXPECT_EQ(link.At(3)(2.0, 0.0), -6.0);
}

}  // namespace
}  // namespace dl
