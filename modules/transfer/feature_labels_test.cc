#include "modules/transfer/feature_labels.h"

#include "gtest/gtest.h"

namespace dl {
namespace {

TEST(FeatureLabelsTest, ClassesAndTheirRows) {
  const std::vector<int32_t> labels = {3, 0, 3};
  EXPECT_EQ(ClassCount("Test", 3, labels), 4);
  EXPECT_EQ(RowsOfClasses(labels, 4), (std::vector<int64_t>{1, 0, 0, 2}));
}

TEST(FeatureLabelsDeathTest, WhatIsNoLabelOfARow) {
  EXPECT_DEATH(ClassCount("Caller", 3, std::vector<int32_t>{0, 1}), "Caller: 2 labels for 3 examples");
  EXPECT_DEATH(ClassCount("Caller", 1, std::vector<int32_t>{-1}), "Caller: a label is -1");
}

}  // namespace
}  // namespace dl
