#include "modules/training/temperature.h"

#include <cmath>

#include "gtest/gtest.h"

namespace dl {
namespace {

Predictions Of(const std::vector<float>& probabilities, const std::vector<int32_t>& labels) {
  return {Tensor::Of({static_cast<int64_t>(labels.size()), 2}, probabilities), labels, {"a", "b"}};
}

// Four times sure to 0.9, three times right: at log(9) / log(3) = 2 it is sure to 0.75.
TEST(TemperatureTest, BringsTheConfidenceToTheAccuracy) {
  const Predictions sure = Of({0.9f, 0.1f, 0.9f, 0.1f, 0.9f, 0.1f, 0.9f, 0.1f}, {0, 0, 1, 0});
  EXPECT_NEAR(FitTemperature(sure), 2, 1e-6);
  EXPECT_NEAR(AtTemperature(sure, 2).row(0)[0], 0.75f, 1e-6);
  EXPECT_NEAR(FitTemperature(AtTemperature(sure, 2)), 1, 1e-6);
}

TEST(TemperatureTest, OneChangesNothingAndNoneChangesAnswers) {
  const Predictions predictions = Of({0.7f, 0.3f, 0.2f, 0.8f}, {0, 0});
  for (int i = 0; i < 4; ++i) {
    EXPECT_FLOAT_EQ(AtTemperature(predictions, 1).probabilities.data()[i], predictions.probabilities.data()[i]);
  }
  EXPECT_EQ(PredictedClasses(AtTemperature(predictions, 50)), PredictedClasses(predictions));
}

TEST(TemperatureTest, EndsWhereMoreWouldAlwaysBeBetter) {
  EXPECT_NEAR(FitTemperature(Of({0.7f, 0.3f}, {0})), 0.01, 1e-9);
  EXPECT_NEAR(FitTemperature(Of({0.7f, 0.3f}, {1})), 100, 1e-6);
}

// Sure of a wrong answer, beyond f32: the fit still finds the balance, here that of one right and one wrong.
TEST(TemperatureTest, TakesProbabilitiesOfZero) {
  EXPECT_NEAR(FitTemperature(Of({1, 0, 1, 0}, {0, 1})), 100, 1e-6);
  const Predictions mild = AtTemperature(Of({1, 0}, {0}), 87.3365447505531 / 2);  // -log of the least f32, over two
  EXPECT_NEAR(mild.row(0)[1], 1 / (1 + std::exp(2.0)), 1e-6);
}

TEST(TemperatureDeathTest, NamesWhatCannotBe) {
  EXPECT_DEATH(AtTemperature(Of({1, 0}, {0}), 0), "temperature is 0");
  EXPECT_DEATH(FitTemperature(Of({}, {})), "no examples");
}

}  // namespace
}  // namespace dl
