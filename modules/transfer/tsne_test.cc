#include "modules/transfer/tsne.h"

#include <cmath>

#include "gtest/gtest.h"
#include "modules/primitives/testing.h"
#include "modules/transfer/neighbour_purity.h"
#include "modules/transfer/testing.h"

namespace dl {
namespace {

// By NumPy, in double and pair by pair: 60 steps at rate 1, the first 30 exaggerated; the forces here are f32.
TEST(TSneTest, IsWhatNumPyComputes) {
  const TSneMap map =
      TSne(testing::Wave({20, 4}, 0), {.perplexity = 5, .iterations = 60, .exaggerated = 30, .rate = 1});
  EXPECT_NEAR(map.y.data_f64()[0], -1.008445494668022, 1e-3 * std::abs(-1.008445494668022));
  EXPECT_NEAR(map.y.data_f64()[1], 0.7752485710568989, 1e-3 * std::abs(0.7752485710568989));
  EXPECT_NEAR(map.y.data_f64()[18], -3.2993658252924893, 1e-3 * std::abs(-3.2993658252924893));
  EXPECT_NEAR(map.divergence, 0.22521959687960075, 1e-5);
}

// Ten clouds in twenty dimensions, far enough apart that nobody's neighbour is a stranger: so it must be in the map.
TEST(TSneTest, CloudsStayApart) {
  const std::vector<int32_t> labels = testing::RoundRobin(300, 10);
  Tensor x = testing::RandomTensor({300, 20}, 1);
  for (int64_t i = 0; i < 300; ++i) x.mutable_data()[i * 20 + labels[i]] += 12;
  const TSneMap map = TSne(x, {.perplexity = 15, .iterations = 500});
  EXPECT_EQ(NeighbourPurity(map.y, labels, 10), 1);
  double mean = 0;
  for (int64_t i = 0; i < 300; ++i) mean += map.y.data_f64()[2 * i] / 300;
  EXPECT_NEAR(mean, 0, 1e-9);
}

TEST(TSneTest, TheDivergenceFallsAndTheMapIsDeterministic) {
  const Tensor x = testing::RandomTensor({100, 8}, 1);
  double last = 10;
  for (const int64_t iterations : {0, 300, 600}) {
    const TSneMap map = TSne(x, {.perplexity = 10, .iterations = iterations});
    EXPECT_LT(map.divergence, last) << iterations;
    last = map.divergence;
    const TSneMap again = TSne(x, {.perplexity = 10, .iterations = iterations});
    for (int64_t k = 0; k < 200; ++k) ASSERT_EQ(map.y.data_f64()[k], again.y.data_f64()[k]);
  }
}

TEST(TSneTest, StartsAsTheFirstComponentsOfDeviationTenToTheMinusFour) {
  const TSneMap map = TSne(testing::RandomTensor({50, 4}, 1), {.perplexity = 10, .iterations = 0});
  double squares = 0;
  for (int64_t i = 0; i < 50; ++i) squares += std::pow(map.y.data_f64()[2 * i], 2);
  EXPECT_NEAR(std::sqrt(squares / 49), 1e-4, 1e-12);
}

}  // namespace
}  // namespace dl
