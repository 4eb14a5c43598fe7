#include "modules/cnn/filter_bank.h"

#include <array>
#include <cmath>
#include <functional>

#include "gtest/gtest.h"
#include "modules/primitives/testing.h"

namespace dl {
namespace {

// One filter [1, 3, 7, 7]: f(x, y) around the middle, times the colour.
Tensor Filter(const std::function<double(double x, double y)>& f, std::array<double, 3> colour = {1, 1, 1}) {
  Tensor w({1, 3, 7, 7});
  for (int c = 0; c < 3; ++c)
    for (int i = 0; i < 49; ++i)
      w.mutable_data()[c * 49 + i] = static_cast<float>(colour[c] * f(i % 7 - 3, i / 7 - 3));
  return w;
}

double Bell(double x, double y) { return std::exp(-(x * x + y * y) / 6); }

TEST(FilterBankTest, AWaveHasADirectionAndABellHasNone) {
  const auto wave = [](double angle) {
    return Filter([=](double x, double y) {
      return Bell(x, y) * std::cos(2 * M_PI / 4 * (x * std::cos(angle) + y * std::sin(angle)) + 0.7);
    });
  };
  for (double angle : {0.0, 0.5, M_PI / 4, 2.0}) {
    const FilterNumbers numbers = DescribeFilters(wave(angle))[0];
    EXPECT_GT(numbers.orientation, 0.8) << angle;
    EXPECT_GT(numbers.gabor, 0.9) << angle;
  }
  const FilterNumbers bell = DescribeFilters(Filter(Bell))[0];
  EXPECT_LT(bell.orientation, 0.02);
  const auto hat = [](double x, double y) { return Bell(x, y) * (x * x + y * y - 3); };
  const FilterNumbers ring = DescribeFilters(Filter(hat))[0];
  EXPECT_LT(ring.orientation, 0.1);
  EXPECT_LT(ring.gabor, 0.75);
}

TEST(FilterBankTest, NoiseIsLittleOfAGabor) {
  double sum = 0;
  for (const FilterNumbers& noise : DescribeFilters(testing::RandomTensor({20, 3, 7, 7}, 1))) sum += noise.gabor / 20;
  EXPECT_LT(sum, 0.25);
  EXPECT_GT(sum, 0.04);
}

TEST(FilterBankTest, Colour) {
  EXPECT_NEAR(DescribeFilters(Filter(Bell))[0].colour, 0, 1e-6);
  EXPECT_NEAR(DescribeFilters(Filter(Bell, {1, 0, 0}))[0].colour, 2.0 / 3, 1e-6);
  EXPECT_NEAR(DescribeFilters(Filter(Bell, {1, -1, 0}))[0].colour, 1, 1e-6);
  // Of independent channels a third is common by chance.
  double sum = 0;
  for (const FilterNumbers& noise : DescribeFilters(testing::RandomTensor({50, 3, 7, 7}, 1))) sum += noise.colour / 50;
  EXPECT_NEAR(sum, 2.0 / 3, 0.03);
}

TEST(FilterBankTest, ZerosHaveNothing) {
  const FilterNumbers numbers = DescribeFilters(Tensor::Zeros({1, 3, 5, 5}))[0];
  EXPECT_EQ(numbers.orientation, 0);
  EXPECT_EQ(numbers.gabor, 0);
  EXPECT_EQ(numbers.colour, 0);
}

TEST(FilterBankTest, ComponentsOfABank) {
  // Two filters: twice (3, 0, ...) and once (0, 1, 0, ...).
  Tensor w = Tensor::Zeros({3, 1, 3, 3});
  w.mutable_data()[0] = w.mutable_data()[9] = 3;
  w.mutable_data()[18 + 1] = 1;
  const std::vector<double> shares = ComponentShares(w);
  ASSERT_EQ(shares.size(), 9u);
  EXPECT_NEAR(shares[0], 18.0 / 19, 1e-12);
  EXPECT_NEAR(shares[1], 1.0 / 19, 1e-12);
  EXPECT_NEAR(shares[2], 0, 1e-12);
}

}  // namespace
}  // namespace dl
