#include "modules/training/class_scores.h"

#include <cmath>

#include "gtest/gtest.h"
#include "modules/training/testing.h"

namespace dl {
namespace {

// Class 3 is never predicted. Expected by scikit-learn 1.9, precision_recall_fscore_support(zero_division=nan).
TEST(ClassScoresTest, AgreeWithScikitLearn) {
  const auto classes = ScoreClasses(
      CountConfusions(testing::SurePredictions(4, {0, 0, 0, 1, 1, 1, 1, 2, 2, 3}, {0, 0, 1, 1, 1, 2, 1, 0, 2, 1})));
  ASSERT_EQ(classes.size(), 4u);
  const double precision[] = {2.0 / 3, 0.6, 0.5}, recall[] = {2.0 / 3, 0.75, 0.5, 0}, f1[] = {2.0 / 3, 2.0 / 3, 0.5, 0};
  const int64_t examples[] = {3, 4, 2, 1}, predicted[] = {3, 5, 2, 0}, correct[] = {2, 3, 1, 0};
  for (int c = 0; c < 3; ++c) EXPECT_DOUBLE_EQ(classes[c].scores.precision, precision[c]) << c;
  EXPECT_TRUE(std::isnan(classes[3].scores.precision));
  for (int c = 0; c < 4; ++c) {
    EXPECT_DOUBLE_EQ(classes[c].scores.recall, recall[c]) << c;
    EXPECT_DOUBLE_EQ(classes[c].scores.f1, f1[c]) << c;
    EXPECT_EQ(classes[c].examples, examples[c]);
    EXPECT_EQ(classes[c].predicted, predicted[c]);
    EXPECT_EQ(classes[c].correct, correct[c]);
  }
  const Scores macro = MacroAverage(classes);
  EXPECT_DOUBLE_EQ(macro.precision, (2.0 / 3 + 0.6 + 0.5) / 3);
  EXPECT_DOUBLE_EQ(macro.recall, (2.0 / 3 + 0.75 + 0.5) / 4);
  EXPECT_DOUBLE_EQ(macro.f1, 0.4583333333333333);
}

TEST(ClassScoresTest, AClassWithoutExamplesHasNoRecall) {
  const auto classes = ScoreClasses(CountConfusions(testing::SurePredictions(3, {0, 0}, {0, 1})));
  EXPECT_TRUE(std::isnan(classes[1].scores.recall));
  EXPECT_EQ(classes[1].scores.precision, 0);
  EXPECT_EQ(classes[1].scores.f1, 0);
  EXPECT_TRUE(std::isnan(classes[2].scores.f1));
  EXPECT_DOUBLE_EQ(MacroAverage(classes).f1, (2.0 / 3 + 0) / 2);
}

TEST(ClassScoresTest, OfNoExamplesNothingIsDefined) {
  const Scores macro = MacroAverage(ScoreClasses(CountConfusions(testing::SurePredictions(2, {}, {}))));
  EXPECT_TRUE(std::isnan(macro.precision) && std::isnan(macro.recall) && std::isnan(macro.f1));
}

}  // namespace
}  // namespace dl
