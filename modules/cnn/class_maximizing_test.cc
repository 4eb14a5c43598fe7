#include "modules/cnn/class_maximizing.h"

#include <cmath>

#include "gtest/gtest.h"
#include "modules/backprop/linear.h"

namespace dl {
namespace {

// The score of class 1 is the first of 3 x 3 pixels; that of class 0 the sum of all.
Linear Reader() {
  Random random(1);
  Linear reader(9, 2, random);
  reader.Parameters()[0].variable.mutable_value() =
      Tensor::Of({2, 9}, {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0});
  return reader;
}

const Shape kImage = {1, 3, 3};

TEST(ClassMaximizingTest, StepsOfOneSizeClimbTheScore) {
  Linear reader = Reader();
  const MaximizeOptions plain = {.steps = 10, .rate = 0.5, .decay = 0, .blur_every = 0};
  MaximizeOptions none = plain;
  none.steps = 0;
  const Tensor start = MaximizeClass(reader, kImage, 1, Random(1), none);
  const Tensor x = MaximizeClass(reader, kImage, 1, Random(1), plain);
  // One pixel of nine has all of the gradient: its root mean square is a third of it.
  EXPECT_NEAR(x.data()[0] - start.data()[0], 10 * 0.5 * 3, 1e-4);
  for (int i = 1; i < 9; ++i) EXPECT_EQ(x.data()[i], start.data()[i]);
}

TEST(ClassMaximizingTest, DecayBoundsThePicture) {
  Linear reader = Reader();
  const MaximizeOptions decaying = {.steps = 100, .rate = 0.5, .decay = 0.1, .blur_every = 0};
  const Tensor x = MaximizeClass(reader, kImage, 0, Random(1), decaying);
  for (int i = 0; i < 9; ++i) EXPECT_NEAR(x.data()[i], 5, 1e-3);  // where a step adds what the decay takes
}

TEST(ClassMaximizingTest, BlurSpreadsAPixel) {
  Linear reader = Reader();
  const Tensor x = MaximizeClass(reader, kImage, 1, Random(1), {.steps = 4, .rate = 5, .decay = 0, .blur_every = 4});
  EXPECT_NEAR(x.data()[0], 4 * 5 * 3 * 4.0 / 16, 0.5);
  EXPECT_NEAR(x.data()[1], 4 * 5 * 3 * 2.0 / 16, 0.5);
  EXPECT_NEAR(x.data()[8], 0, 0.5);
}

}  // namespace
}  // namespace dl
