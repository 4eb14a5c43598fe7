#include "datasets/normalization.h"

#include "gtest/gtest.h"

namespace dl {
namespace {

TEST(NormalizationTest, MeasuresEachCoordinateOfPoints) {
  const Normalization n = ChannelNormalization({"points", {2}, std::vector<float>{1, 10, 3, 10}, {0, 0}, {"a"}});
  EXPECT_EQ(n.mean, (std::vector<float>{2, 10}));
  EXPECT_EQ(n.deviation, (std::vector<float>{1, 1}));  // the second coordinate never changes
}

// Two images [2, 1, 2]: channel 0 holds 0, 255, 255, 0 and channel 1 holds 51, 51, 153, 153.
TEST(NormalizationTest, MeasuresEachColourOfImagesInUnitsOfFullWhite) {
  const Normalization n = ChannelNormalization(
      {"images", {2, 1, 2}, std::vector<uint8_t>{0, 255, 51, 51, 255, 0, 153, 153}, {0, 0}, {"a"}});
  EXPECT_FLOAT_EQ(n.mean[0], 0.5f);
  EXPECT_FLOAT_EQ(n.mean[1], 0.4f);
  EXPECT_FLOAT_EQ(n.deviation[0], 0.5f);
  EXPECT_FLOAT_EQ(n.deviation[1], 0.2f);
}

TEST(NormalizationDeathTest, RefusesAnEmptySet) {
  EXPECT_DEATH(ChannelNormalization({"nothing", {2}, std::vector<float>{}, {}, {"a"}}), "nothing is empty");
}

}  // namespace
}  // namespace dl
