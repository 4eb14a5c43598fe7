#include "modules/cnn/unit_responses.h"

#include "gtest/gtest.h"

namespace dl {
namespace {

TEST(UnitResponsesTest, StrongestFirstAndOnlyThoseAboveZero) {
  UnitResponses responses;
  // Two units on 1x2 maps; three pictures in two batches.
  responses.Add(Tensor::Of({2, 2, 1, 2}, {1, 5, 0, -1,  //
                                          7, 2, 3, 4}));
  responses.Add(Tensor::Of({1, 2, 1, 2}, {6, 6, 9, 0}));
  EXPECT_EQ(responses.units(), 2);
  const auto first = responses.Strongest(0, 2);
  ASSERT_EQ(first.size(), 2u);
  EXPECT_EQ(first[0].picture, 1);
  EXPECT_EQ(first[0].column, 0);
  EXPECT_EQ(first[0].value, 7);
  EXPECT_EQ(first[1].picture, 2);
  const auto second = responses.Strongest(1, 5);
  ASSERT_EQ(second.size(), 2u);  // picture 0 does not excite it
  EXPECT_EQ(second[0].picture, 2);
  EXPECT_EQ(second[1].picture, 1);
  EXPECT_EQ(second[1].column, 1);
}

TEST(UnitResponsesTest, PlacesHaveRowsAndColumns) {
  UnitResponses responses;
  responses.Add(Tensor::Of({1, 1, 2, 3}, {0, 0, 0, 0, 0, 1}));
  EXPECT_EQ(responses.Strongest(0, 1)[0].row, 1);
  EXPECT_EQ(responses.Strongest(0, 1)[0].column, 2);
}

TEST(UnitResponsesTest, CommonestClass) {
  const std::vector<UnitResponses::Response> responses = {{0, 0, 0, 1}, {2, 0, 0, 1}, {3, 0, 0, 1}};
  EXPECT_DOUBLE_EQ(CommonestClassShare(responses, {4, 9, 4, 5}), 2.0 / 3);
  EXPECT_DOUBLE_EQ(CommonestClassShare(responses, {1, 2, 3, 4}), 1.0 / 3);
}

TEST(UnitResponsesTest, Chance) {
  const std::vector<int32_t> labels = {0, 0, 1, 1};
  EXPECT_DOUBLE_EQ(ChanceClassShare(labels, 1), 1);
  EXPECT_DOUBLE_EQ(ChanceClassShare(labels, 4), 0.5);
  EXPECT_NEAR(ChanceClassShare(labels, 2), 1.0 / 3 + 2.0 / 3 * 0.5, 0.02);  // one pair in three is of one class
}

}  // namespace
}  // namespace dl
