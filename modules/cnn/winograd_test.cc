#include "modules/cnn/winograd.h"

#include <cmath>

#include "gtest/gtest.h"
#include "modules/primitives/reference/convolution.h"
#include "modules/primitives/testing.h"

namespace dl {
namespace {

using reference::FromTensor;

const std::vector<double> kThree = {0, 1, -1}, kFive = {0, 1, -1, 2, -2},
                          kSeven = {0, 1, -1, 2, -2, 0.5, -0.5};

// Lavin & Gray 2016, equation 7, of which a row of the inputs and that of the weights have changed signs together.
TEST(WinogradTest, F23IsThePapers) {
  const WinogradTransforms t = MakeWinogradTransforms(2, 3, kThree);
  EXPECT_EQ(t.output, (Matrix{{1, 1, 1, 0}, {0, 1, -1, 1}}));
  EXPECT_EQ(t.weights, (Matrix{{-1, 0, 0}, {.5, .5, .5}, {.5, -.5, .5}, {0, 0, 1}}));
  EXPECT_EQ(t.input, (Matrix{{-1, 0, 1, 0}, {0, 1, 1, 0}, {0, -1, 1, 0}, {0, -1, 0, 1}}));
}

TEST(WinogradTest, SavesProducts) {
  EXPECT_DOUBLE_EQ(WinogradSaving(MakeWinogradTransforms(2, 3, kThree)), 2.25);
  EXPECT_DOUBLE_EQ(WinogradSaving(MakeWinogradTransforms(4, 3, kFive)), 4);
  EXPECT_DOUBLE_EQ(WinogradSaving(MakeWinogradTransforms(6, 3, kSeven)), 5.0625);
  EXPECT_DOUBLE_EQ(WinogradSaving(MakeWinogradTransforms(1, 3, {0, 1})), 1);
}

TEST(WinogradTest, IsTheConvolution) {
  const Tensor x = testing::RandomTensor({2, 5, 11, 9}, 1);
  const auto expect = [&](int64_t outputs, int64_t window, const std::vector<double>& points) {
    const Tensor w = testing::RandomTensor({3, 5, window, window}, 2);
    const auto twin = reference::Convolution(FromTensor<double>(x), FromTensor<double>(w), {}, {});
    EXPECT_LT(testing::RelativeL2(WinogradConvolution(x, w, MakeWinogradTransforms(outputs, window, points)), twin),
              1e-5)
        << "F(" << outputs << ", " << window << ")";
  };
  expect(2, 3, kThree);
  expect(4, 3, kFive);
  expect(6, 3, kSeven);
  expect(2, 5, kFive);
  expect(3, 2, kThree);
}

// The claim of WinogradErrorGrowth, where sums over channels are long enough to outweigh the transforms' own rounding.
TEST(WinogradTest, ErrorsGrowAsPredicted) {
  const Tensor x = testing::RandomTensor({1, 256, 14, 14}, 1), w = testing::RandomTensor({8, 256, 3, 3}, 2);
  const auto twin = reference::Convolution(FromTensor<double>(x), FromTensor<double>(w), {}, {});
  const auto in_f32 = reference::Convolution(FromTensor<float>(x), FromTensor<float>(w), {}, {});
  const double direct = testing::RelativeL2(reference::ToTensor(in_f32), twin);
  for (const auto& [outputs, points] : std::vector<std::pair<int64_t, std::vector<double>>>{
           {2, kThree}, {4, kFive}, {6, kSeven}, {6, {0, 1, -1, 2, -2, 3, -3}}}) {
    const WinogradTransforms t = MakeWinogradTransforms(outputs, 3, points);
    const double measured = testing::RelativeL2(WinogradConvolution(x, w, t), twin) / direct;
    EXPECT_NEAR(std::log(measured / WinogradErrorGrowth(t)), 0, std::log(1.5)) << "F(" << outputs << ", 3)";
  }
}

}  // namespace
}  // namespace dl
