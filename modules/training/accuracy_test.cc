#include "modules/training/accuracy.h"

#include <cmath>

#include "gtest/gtest.h"
#include "modules/training/testing.h"

namespace dl {
namespace {

// Limits by SciPy 1.17, binomtest(correct, examples).proportion_ci(method="wilson").
TEST(AccuracyTest, HasWilsonsInterval) {
  const struct {
    int64_t correct, examples;
    double low, high;
  } known[] = {{0, 10, 0, 0.27753279986288926},
               {1, 1, 0.20654931437723745, 1},
               {8, 10, 0.4901624715366418, 0.9433178485456248},
               {50, 100, 0.4038315303659956, 0.5961684696340044},
               {9234, 10000, 0.9180232444398877, 0.9284515857398234},
               {10000, 10000, 0.9996160016293234, 1}};
  for (const auto& k : known) {
    const Accuracy accuracy = AccuracyOf(k.correct, k.examples);
    EXPECT_DOUBLE_EQ(accuracy.share, static_cast<double>(k.correct) / static_cast<double>(k.examples));
    EXPECT_NEAR(accuracy.low, k.low, 1e-12) << k.correct;
    EXPECT_NEAR(accuracy.high, k.high, 1e-12) << k.correct;
    EXPECT_LE(accuracy.low, accuracy.share);
    EXPECT_LE(accuracy.share, accuracy.high);
  }
}

TEST(AccuracyTest, OfNoExamplesNothingIsKnown) {
  const Accuracy accuracy = TopAccuracy(testing::SurePredictions(3, {}, {}));
  EXPECT_TRUE(std::isnan(accuracy.share));
  EXPECT_EQ(accuracy.low, 0);
  EXPECT_EQ(accuracy.high, 1);
}

TEST(TopAccuracyTest, CountsLabelsAmongTheLikeliest) {
  const Predictions predictions{
      Tensor::Of({3, 4}, {0.1f, 0.2f, 0.3f, 0.4f, 0.1f, 0.2f, 0.3f, 0.4f, 0.7f, 0.1f, 0.1f, 0.1f}),
      {3, 1, 2},  // the first, the third, and the third by its place among equals
      {"a", "b", "c", "d"}};
  const int64_t correct[] = {1, 1, 3, 3, 3};
  for (int64_t k = 1; k <= 5; ++k) EXPECT_EQ(TopAccuracy(predictions, k).correct, correct[k - 1]) << k;
}

TEST(TopAccuracyTest, OneOfEquallyLikelyClassesIsRight) {
  const auto of_label = [](int32_t label) {
    return TopAccuracy({Tensor::Of({1, 2}, {0.5f, 0.5f}), {label}, {"a", "b"}}).correct;
  };
  EXPECT_EQ(of_label(0), 1);
  EXPECT_EQ(of_label(1), 0);
}

TEST(AccuracyDeathTest, NamesWhatCannotBe) {
  EXPECT_DEATH(AccuracyOf(3, 2), "3 of 2");
  EXPECT_DEATH(TopAccuracy(testing::SurePredictions(2, {0}, {0}), 0), "k is 0");
}

}  // namespace
}  // namespace dl
