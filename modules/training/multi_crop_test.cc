#include "modules/training/multi_crop.h"

#include "gtest/gtest.h"
#include "modules/backprop/ops.h"

namespace dl {
namespace {

// Answers with its image, so that the mean of the views can be seen.
class Echo : public Layer {
 public:
  Variable Forward(const Variable& x, const Pass&) override {
    ++passes;
    return Flatten(x);
  }
  int passes = 0;
};

TEST(MultiCropTest, IsTheWeightedMeanOfSixViews) {
  Echo echo;
  MultiCrop crops(echo);
  // 0 1 2    moved down and right, mirrored at the edges: 4 3 4    moved up and left: 4 5 4
  // 3 4 5                                                 1 0 1                        7 8 7
  // 6 7 8                                                 4 3 4                        4 5 4
  const Variable y = crops.Forward(Tensor::Of({1, 1, 3, 3}, {0, 1, 2, 3, 4, 5, 6, 7, 8}), {});
  EXPECT_EQ(echo.passes, 6);
  const float left = 0.25f * 0 + 0.25f * 2 + 0.25f * 4 + 0.25f * 4;  // the flipped views bring in the right column
  EXPECT_FLOAT_EQ(y.value().data()[0], left);
  EXPECT_FLOAT_EQ(y.value().data()[2], left);
  EXPECT_FLOAT_EQ(y.value().data()[1], 0.5f * 1 + 0.25f * 3 + 0.25f * 5);
  EXPECT_FLOAT_EQ(y.value().data()[4], 0.5f * 4 + 0.25f * 0 + 0.25f * 8);
}

TEST(MultiCropTest, ImagesStayApart) {
  Echo echo;
  MultiCrop crops(echo);
  const Variable y = crops.Forward(Tensor::Of({2, 1, 2, 2}, {1, 1, 1, 1, 5, 5, 5, 5}), {});
  for (int i = 0; i < 4; ++i) {
    EXPECT_EQ(y.value().data()[i], 1);
    EXPECT_EQ(y.value().data()[4 + i], 5);
  }
}

TEST(MultiCropDeathTest, IsForEvaluation) {
  Echo echo;
  EXPECT_DEATH(MultiCrop(echo).Forward(Tensor::Zeros({1, 1, 2, 2}), {.training = true}), "is for evaluation");
}

}  // namespace
}  // namespace dl
