#include "modules/cnn/hand_made_kernels.h"

#include <cmath>
#include <map>

#include "gtest/gtest.h"

namespace dl {
namespace {

// The middle of what a kernel makes of a 3x3 picture.
float Middle(const Tensor& result) { return result.data()[4]; }

std::map<std::string, float> MiddlesOf(const Tensor& picture) {
  std::map<std::string, float> middles;
  for (const HandMadeKernel& kernel : HandMadeKernels()) middles[kernel.name] = Middle(ApplyKernel(kernel, picture));
  return middles;
}

// Where nothing changes, slopes are 0 and a picture stays what it is.
TEST(HandMadeKernelsTest, AnEvenPicture) {
  auto middles = MiddlesOf(Tensor::Full({1, 1, 3, 3}, 0.5));
  for (const char* slope : {"sobel_x", "sobel_y", "laplacian"}) EXPECT_EQ(middles[slope], 0) << slope;
  for (const char* other : {"blur", "sharpen", "emboss"}) EXPECT_EQ(middles[other], 0.5f) << other;
}

TEST(HandMadeKernelsTest, ASlopeToTheRight) {
  auto middles = MiddlesOf(Tensor::Of({1, 1, 3, 3}, {0, 1, 2, 0, 1, 2, 0, 1, 2}));
  EXPECT_EQ(middles["sobel_x"], 8);
  EXPECT_EQ(middles["sobel_y"], 0);
  EXPECT_EQ(middles["laplacian"], 0);
  EXPECT_EQ(middles["blur"], 1);
}

TEST(HandMadeKernelsTest, APoint) {
  auto middles = MiddlesOf(Tensor::Of({1, 1, 3, 3}, {0, 0, 0, 0, 1, 0, 0, 0, 0}));
  EXPECT_EQ(middles["laplacian"], -4);
  EXPECT_EQ(middles["sharpen"], 5);
  EXPECT_EQ(middles["blur"], 0.25f);
}

TEST(HandMadeKernelsTest, EachChannelByItselfAndEdgesInAnyDirection) {
  // Channel 0 rises downwards, channel 1 along the diagonal, channel 2 not at all.
  const Tensor picture = Tensor::Of({1, 3, 3, 3}, {0, 0, 0, 1, 1, 1, 2, 2, 2,  //
                                                   0, 1, 2, 1, 2, 3, 2, 3, 4,  //
                                                   5, 5, 5, 5, 5, 5, 5, 5, 5});
  const Tensor strength = EdgeStrength(picture);
  EXPECT_EQ(strength.shape(), picture.shape());
  EXPECT_FLOAT_EQ(strength.data()[4], 8);
  EXPECT_FLOAT_EQ(strength.data()[9 + 4], 8 * std::sqrt(2.0f));
  EXPECT_FLOAT_EQ(strength.data()[18 + 4], 0);
}

}  // namespace
}  // namespace dl
