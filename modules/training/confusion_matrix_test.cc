#include "modules/training/confusion_matrix.h"

#include <cmath>

#include "gtest/gtest.h"
#include "modules/training/testing.h"

namespace dl {
namespace {

TEST(ConfusionMatrixTest, CountsTruthDownAndAnswersAcross) {
  const ConfusionMatrix matrix = CountConfusions(testing::SurePredictions(3, {0, 0, 0, 1, 1}, {0, 1, 1, 1, 0}));
  EXPECT_EQ(matrix.classes, 3);
  EXPECT_EQ(matrix.counts, (std::vector<int64_t>{1, 2, 0, 1, 1, 0, 0, 0, 0}));
  EXPECT_EQ(matrix.RowTotal(0), 3);
  EXPECT_EQ(matrix.ColumnTotal(0), 2);
  EXPECT_DOUBLE_EQ(matrix.Share(0, 1), 2.0 / 3);
  EXPECT_TRUE(std::isnan(matrix.Share(2, 0)));  // a class without examples
}

TEST(ConfusionMatrixTest, OneClassAndNoExamples) {
  EXPECT_EQ(CountConfusions(testing::SurePredictions(1, {0, 0}, {0, 0})).counts, (std::vector<int64_t>{2}));
  EXPECT_EQ(CountConfusions(testing::SurePredictions(2, {}, {})).counts, std::vector<int64_t>(4));
}

TEST(MostConfusedTest, TheFullestCellsComeFirstAndEqualOnesInOrder) {
  const ConfusionMatrix matrix{3, {9, 1, 2, 2, 9, 0, 3, 0, 9}};
  const auto pairs = MostConfused(matrix, 3);
  ASSERT_EQ(pairs.size(), 3u);
  const int64_t expected[3][3] = {{2, 0, 3}, {0, 2, 2}, {1, 0, 2}};
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(pairs[i].truth, expected[i][0]) << i;
    EXPECT_EQ(pairs[i].predicted, expected[i][1]) << i;
    EXPECT_EQ(pairs[i].count, expected[i][2]) << i;
  }
  EXPECT_EQ(MostConfused(matrix, 100).size(), 4u);  // no empty cell, none of the diagonal
  EXPECT_TRUE(MostConfused(matrix, 0).empty());
}

}  // namespace
}  // namespace dl
