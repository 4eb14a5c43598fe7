#include "modules/transfer/neighbour_affinities.h"

#include <cmath>

#include "gtest/gtest.h"
#include "modules/primitives/testing.h"
#include "modules/transfer/testing.h"

namespace dl {
namespace {

TEST(NeighbourAffinitiesTest, AreASymmetricDistribution) {
  const Tensor p = NeighbourAffinities(testing::RandomTensor({40, 5}, 1), 7);
  double sum = 0;
  for (int i = 0; i < 40; ++i) {
    EXPECT_EQ(p.data_f64()[i * 41], 0);
    for (int j = 0; j < 40; ++j) {
      EXPECT_EQ(p.data_f64()[i * 40 + j], p.data_f64()[j * 40 + i]);
      sum += p.data_f64()[i * 40 + j];
    }
  }
  EXPECT_NEAR(sum, 1, 1e-12);
}

// Equidistant examples have no one to prefer: whatever the perplexity asked for, each share is the same.
TEST(NeighbourAffinitiesTest, EquidistantExamplesShareEvenly) {
  Tensor corners = Tensor::Zeros({5, 5});
  for (int i = 0; i < 5; ++i) corners.mutable_data()[i * 6] = 1;
  for (const Tensor& x : {corners, Tensor::Full({5, 2}, 3)}) {
    const Tensor p = NeighbourAffinities(x, 2);
    for (int i = 0; i < 5; ++i) {
      for (int j = 0; j < 5; ++j) EXPECT_NEAR(p.data_f64()[i * 5 + j], i == j ? 0 : 1.0 / 20, 1e-6);
    }
  }
}

// By NumPy: β by Newton's iteration on log β instead of bisection.
TEST(NeighbourAffinitiesTest, IsWhatNumPyComputes) {
  const Tensor p = NeighbourAffinities(testing::Wave({12, 3}, 0), 4);
  EXPECT_NEAR(p.data_f64()[1], 0.006632962951101048, 1e-11);
  EXPECT_NEAR(p.data_f64()[5 * 12 + 7], 0.00038059936187337596, 1e-11);
}

// Half of the examples lie a hundred times closer together: each half's affinities are the same.
TEST(NeighbourAffinitiesTest, EveryExampleHasItsOwnScale) {
  const Tensor half = testing::RandomF64Tensor({20, 2}, 1);
  Tensor x({40, 2}, DType::kF64);
  for (int64_t k = 0; k < 40; ++k) {
    x.mutable_data_f64()[k] = half.data_f64()[k];
    x.mutable_data_f64()[40 + k] = 1e4 + 100 * half.data_f64()[k];
  }
  const Tensor p = NeighbourAffinities(x, 5);
  for (int64_t i = 0; i < 20; ++i) {
    for (int64_t j = 0; j < 20; ++j) {
      EXPECT_NEAR(p.data_f64()[i * 40 + j], p.data_f64()[(20 + i) * 40 + 20 + j], 1e-8);
    }
  }
}

TEST(NeighbourAffinitiesDeathTest, APerplexityOfMoreThanThereAre) {
  EXPECT_DEATH(NeighbourAffinities(Tensor::Zeros({5, 2}), 4), "perplexity 4 of 5 examples");
}

}  // namespace
}  // namespace dl
