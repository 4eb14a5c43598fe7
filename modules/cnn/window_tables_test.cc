#include "modules/cnn/window_tables.h"

#include "gtest/gtest.h"
#include "modules/cnn/receptive_field.h"

namespace dl {
namespace {

// The receptive fields that google-research/receptive_field's README gives, and 427 for torchvision's layout.
TEST(WindowTablesTest, ReceptiveFieldsAreThePublishedOnes) {
  const auto field = [](const WindowTable& table) { return Through(table.windows); };
  EXPECT_EQ(field(AlexNetV2Windows()).size, 195);
  EXPECT_EQ(field(VggWindows(16)).size, 212);
  EXPECT_EQ(field(ResNet50StrideLastWindows()).size, 483);
  EXPECT_EQ(field(ResNet50Windows()).size, 427);
  for (const WindowTable& table :
       {AlexNetV2Windows(), VggWindows(16), ResNet50StrideLastWindows(), ResNet50Windows()}) {
    EXPECT_EQ(field(table).stride, 32) << table.name;
  }
}

}  // namespace
}  // namespace dl
