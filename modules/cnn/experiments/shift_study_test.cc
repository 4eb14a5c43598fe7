#include "modules/cnn/experiments/shift_study.h"

#include "datasets/glyphs.h"
#include "gtest/gtest.h"
#include "modules/backprop/linear.h"
#include "modules/cnn/conv2d.h"

namespace dl {
namespace {

constexpr int64_t kCanvas = 36;

ShiftedImages Glyphs(int64_t farthest) {
  const Dataset test = MakeGlyphs({.count = 20}, Random(1));  // two of each class
  return ShiftedImages(test, {}, kCanvas, farthest);
}

TEST(ShiftStudyTest, ImagesAreMovedBothWays) {
  const ShiftedImages images = Glyphs(3);
  EXPECT_EQ(images.displacements, (std::vector<int64_t>{-3, -2, -1, 0, 1, 2, 3}));
  EXPECT_EQ(images.tests.size(), 7u);
  EXPECT_EQ(images.batches.size(), 4u);
  EXPECT_EQ(images.batches[0].shape(), (Shape{20, 1, kCanvas, kCanvas}));
}

TEST(ShiftStudyTest, WhoeverAlwaysSaysTheSameIsConsistent) {
  Random random(1);
  Sequential model(Linear(kCanvas * kCanvas, 10, random));
  for (Parameter& parameter : model.Parameters()) {
    parameter.variable.mutable_value() = Tensor::Zeros(parameter.variable.shape());
  }
  ShiftStudy study;
  ASSERT_TRUE(study.Add(model, Glyphs(2)).ok());
  EXPECT_EQ(study.consistency, (std::vector<double>{1}));
  EXPECT_EQ(study.step_consistency, (std::vector<double>{1}));
  EXPECT_NEAR(study.shifted_accuracy[0], 0.1, 1e-12);
  EXPECT_EQ(study.agreements[-2], (std::vector<double>{1}));
  EXPECT_TRUE(study.errors.empty());
}

TEST(ShiftStudyTest, MapsOfAConvolutionMoveAlongAndThoseOfAStrideHalfOfTheTime) {
  Random random(1);
  Sequential model;
  model.Add(Conv2d(1, 4, 3, random, {.padding = 1}), "stage1");
  model.Add(Conv2d(4, 4, 3, random, {.stride = 2, .padding = 1}), "stage2");
  model.Add(Linear(4 * kCanvas * kCanvas / 4, 10, random));
  ShiftStudy study;
  ASSERT_TRUE(study.Add(model, Glyphs(2)).ok());
  for (int64_t d : {1, 2}) EXPECT_LT((study.errors[{1, d}][0]), 1e-5) << d;
  EXPECT_GT((study.errors[{2, 1}][0]), 0.05);
  EXPECT_LT((study.errors[{2, 2}][0]), 1e-5);
}

}  // namespace
}  // namespace dl
