#include "modules/training/calibration.h"

#include <cmath>

#include "gtest/gtest.h"

namespace dl {
namespace {

// Two classes; example i is sure of class 0 to confidences[i] > 1/2 and of label labels[i].
Predictions Sure(const std::vector<float>& confidences, const std::vector<int32_t>& labels) {
  Predictions predictions{Tensor({static_cast<int64_t>(labels.size()), 2}), labels, {"a", "b"}};
  float* y = predictions.probabilities.mutable_data();
  for (float p : confidences) {
    *y++ = p;
    *y++ = 1 - p;
  }
  return predictions;
}

TEST(CalibrationTest, BinsHoldTheirUpperEdge) {
  const auto bins = ReliabilityBins(Sure({0.625f, 0.75f, 0.875f, 1.0f, 1.0f}, {0, 1, 0, 0, 1}), 4);
  ASSERT_EQ(bins.size(), 4u);
  const int64_t examples[] = {0, 0, 2, 3};
  for (int b = 0; b < 4; ++b) {
    EXPECT_DOUBLE_EQ(bins[b].low, b / 4.0);
    EXPECT_DOUBLE_EQ(bins[b].high, (b + 1) / 4.0);
    EXPECT_EQ(bins[b].examples, examples[b]) << b;
  }
  EXPECT_TRUE(std::isnan(bins[0].confidence) && std::isnan(bins[0].accuracy));
  EXPECT_DOUBLE_EQ(bins[2].confidence, 0.6875);
  EXPECT_DOUBLE_EQ(bins[2].accuracy, 0.5);
  EXPECT_DOUBLE_EQ(bins[3].confidence, 2.875 / 3);
  EXPECT_DOUBLE_EQ(bins[3].accuracy, 2.0 / 3);
}

TEST(CalibrationTest, ErrorsAreTheMeanAndTheLargestGap) {
  const auto bins = ReliabilityBins(Sure({0.625f, 0.75f, 0.875f, 1.0f, 1.0f}, {0, 1, 0, 0, 1}), 4);
  EXPECT_NEAR(ExpectedCalibrationError(bins), (2 * 0.1875 + 0.875) / 5, 1e-15);
  EXPECT_NEAR(MaximumCalibrationError(bins), 0.875 / 3, 1e-15);
}

TEST(CalibrationTest, WhoIsRightAsOftenAsSureHasNoError) {
  const auto bins = ReliabilityBins(Sure({0.75f, 0.75f, 0.75f, 0.75f}, {0, 0, 1, 0}));
  EXPECT_EQ(bins.size(), 15u);
  EXPECT_EQ(ExpectedCalibrationError(bins), 0);
  EXPECT_EQ(MaximumCalibrationError(bins), 0);
}

TEST(CalibrationTest, OneClassIsSureAndRight) {
  const auto bins = ReliabilityBins({Tensor::Full({2, 1}, 1), {0, 0}, {"a"}});
  EXPECT_EQ(bins.back().examples, 2);
  EXPECT_EQ(ExpectedCalibrationError(bins), 0);
}

TEST(CalibrationTest, OfNoExamplesThereIsNoError) {
  const auto bins = ReliabilityBins(Sure({}, {}));
  EXPECT_TRUE(std::isnan(ExpectedCalibrationError(bins)));
  EXPECT_TRUE(std::isnan(MaximumCalibrationError(bins)));
}

TEST(CalibrationDeathTest, WantsABin) { EXPECT_DEATH(ReliabilityBins(Sure({}, {}), 0), "0 bins"); }

}  // namespace
}  // namespace dl
