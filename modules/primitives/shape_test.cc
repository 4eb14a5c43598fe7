#include "modules/primitives/shape.h"

#include "gtest/gtest.h"

namespace dl {
namespace {

TEST(ShapeTest, CountsAndPrints) {
  EXPECT_EQ(NumElements({}), 1);
  EXPECT_EQ(NumElements({2, 3, 4}), 24);
  EXPECT_EQ(NumElements({2, 0}), 0);
  EXPECT_EQ(ToString({64, 784}), "[64, 784]");
  EXPECT_EQ(ToString({}), "[]");
}

TEST(ShapeTest, BroadcastsFromTheLastDimension) {
  EXPECT_EQ(BroadcastShape("Add", {2, 3}, {3}), (Shape{2, 3}));
  EXPECT_EQ(BroadcastShape("Add", {4, 1, 5}, {3, 1}), (Shape{4, 3, 5}));
  EXPECT_EQ(BroadcastShape("Add", {}, {7}), (Shape{7}));
}

TEST(ShapeDeathTest, NamesBothShapesAndTheRule) {
  EXPECT_DEATH(BroadcastShape("Add", {2, 3}, {4}), "Add: shapes \\[2, 3\\] and \\[4\\] do not broadcast");
}

}  // namespace
}  // namespace dl
