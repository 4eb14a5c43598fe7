#include "modules/transfer/proxy_a_distance.h"

#include <cmath>
#include <numbers>

#include "gtest/gtest.h"
#include "modules/primitives/testing.h"

namespace dl {
namespace {

// Normal features, those of the first column moved.
Tensor Cloud(int64_t rows, uint64_t seed, float shift) {
  Tensor x = testing::RandomTensor({rows, 10}, seed);
  for (int64_t i = 0; i < rows; ++i) x.mutable_data()[i * 10] += shift;
  return x;
}

TEST(ProxyADistanceTest, IsTwoWhereALineSeparates) {
  EXPECT_EQ(ProxyADistance(Cloud(100, 1, -20), Cloud(60, 2, 20)), 2);
}

TEST(ProxyADistanceTest, IsAboutZeroWithoutAShift) {
  // The error of 1000 guesses has deviation 0.016: four of them, times 4.
  EXPECT_NEAR(ProxyADistance(Cloud(1000, 1, 0), Cloud(1000, 2, 0)), 0, 0.26);
  const Tensor constant = Tensor::Zeros({8, 3});
  EXPECT_EQ(ProxyADistance(constant, constant), 0);
}

// Two normal clouds at distance 2: no classifier errs less than Φ(-1) = 0.159, and a line comes close to it.
TEST(ProxyADistanceTest, IsBayesOfTwoClouds) {
  const double error = 0.5 * std::erfc(1 / std::numbers::sqrt2);
  EXPECT_NEAR(ProxyADistance(Cloud(2000, 1, 0), Cloud(1000, 2, 2)), 2 * (1 - 2 * error), 0.15);
}

TEST(ProxyADistanceTest, ScaleAndMeanOfAColumnDoNotMatter) {
  Tensor a = Cloud(200, 1, 0), b = Cloud(200, 2, 1);
  const double before = ProxyADistance(a, b);
  for (Tensor* x : {&a, &b}) {
    for (int64_t i = 0; i < 200; ++i) x->mutable_data()[i * 10 + 3] = 1024 * x->data()[i * 10 + 3] + 7;
  }
  EXPECT_NEAR(ProxyADistance(a, b), before, 1e-3);
  EXPECT_EQ(ProxyADistance(a, b), ProxyADistance(a, b));
}

TEST(ProxyADistanceTest, ASeedDrawsTheHalves) {
  const Tensor a = Cloud(300, 1, 0), b = Cloud(300, 2, 1);
  EXPECT_NE(ProxyADistance(a, b, 1), ProxyADistance(a, b, 2));
}

}  // namespace
}  // namespace dl
