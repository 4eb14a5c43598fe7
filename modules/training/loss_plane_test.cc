#include "modules/training/loss_plane.h"

#include <cmath>

#include "gtest/gtest.h"

namespace dl {
namespace {

std::vector<Variable> SomeParameters() {
  return {Tensor::Of({2, 3}, {3, 0, 4, 0, 0, 2}), Tensor::Of({2}, {7, 8}), Tensor::Of({1, 1, 1, 2}, {6, 8})};
}

double Norm(const float* values, int count) {
  double sum = 0;
  for (int i = 0; i < count; ++i) sum += double{values[i]} * values[i];
  return std::sqrt(sum);
}

TEST(LossPlaneTest, WeightsComeBackWhereTheyWere) {
  const std::vector<Variable> parameters = SomeParameters();
  WeightVector weights = WeightsOf(parameters);
  EXPECT_EQ(weights, (WeightVector{3, 0, 4, 0, 0, 2, 7, 8, 6, 8}));
  weights[6] = -1;
  SetWeights(parameters, weights);
  EXPECT_EQ(parameters[1].value().data()[0], -1);
  EXPECT_EQ(WeightsOf(parameters), weights);
  weights.push_back(1);
  EXPECT_DEATH(SetWeights(parameters, weights), "11 weights for 10 places");
}

TEST(LossPlaneTest, EachFilterIsAsLongAsTheWeightsAndBiasesStay) {
  Random random(1);
  const WeightVector direction = FilterNormalizedDirection(SomeParameters(), random);
  ASSERT_EQ(direction.size(), 10u);
  EXPECT_NEAR(Norm(&direction[0], 3), 5, 1e-5);
  EXPECT_NEAR(Norm(&direction[3], 3), 2, 1e-5);
  EXPECT_EQ(direction[6], 0);
  EXPECT_EQ(direction[7], 0);
  EXPECT_NEAR(Norm(&direction[8], 2), 10, 1e-5);
  EXPECT_NE(direction[0], 3);
  EXPECT_NE(direction, FilterNormalizedDirection(SomeParameters(), random));
}

// Points 2 i u + j v off an origin, for orthonormal u and v: all variance lies along u and v, 16 to 1.
TEST(LossPlaneTest, PrincipalPlaneFindsThePlaneOfItsPoints) {
  const WeightVector u = {0.6f, 0, 0.8f, 0}, v = {0, 1, 0, 0}, origin = {1, 2, 3, 4};
  std::vector<WeightVector> points;
  for (int i : {1, -1}) {
    for (int j : {1, -1}) {
      points.push_back(origin);
      for (size_t k = 0; k < 4; ++k) points.back()[k] += 4 * i * u[k] + j * v[k];
    }
  }
  const PrincipalPlane principal = PrincipalPlaneOf(points).value();
  EXPECT_NEAR(principal.shares[0], 16.0 / 17, 1e-6);
  EXPECT_NEAR(principal.shares[1], 1.0 / 17, 1e-6);
  for (size_t k = 0; k < 4; ++k) {
    EXPECT_NEAR(principal.plane.origin[k], origin[k], 1e-6);
    EXPECT_NEAR(principal.plane.axes[0][k], u[k], 1e-6);
    EXPECT_NEAR(principal.plane.axes[1][k], v[k], 1e-6);
  }
  const Shadow shadow = Project(principal.plane, points[2]);
  EXPECT_NEAR(shadow.a, -4, 1e-5);
  EXPECT_NEAR(shadow.b, 1, 1e-5);
  EXPECT_NEAR(shadow.distance, 0, 1e-5);
  WeightVector beside = points[2];
  beside[3] += 0.5f;
  EXPECT_NEAR(Project(principal.plane, beside).distance, 0.5, 1e-5);
}

TEST(LossPlaneTest, PointsOnALineSpanNoPlane) {
  const auto expect_none = [](const std::vector<WeightVector>& points) {
    EXPECT_EQ(PrincipalPlaneOf(points).status().code(), absl::StatusCode::kInvalidArgument);
  };
  expect_none({{1, 2, 3}, {1, 2, 3}, {1, 2, 3}});
  expect_none({{1, 2, 3}, {2, 4, 6}});
  expect_none({{1, 2, 3}, {2, 4, 6}, {0.1f, 0.2f, 0.3f}, {7, 14, 21}});
}

TEST(LossPlaneTest, LossIsTakenOnTheGridAndTheWeightsAreRestored) {
  const std::vector<Variable> parameters = {Tensor::Of({1, 2}, {10, 20})};
  const WeightPlane plane = {{10, 20}, {WeightVector{1, 0}, WeightVector{0, 1}}};
  const auto losses = LossOnPlane(plane, parameters, {0, 1, 2}, {0, 5}, [&] {
    return parameters[0].value().data()[0] + 100 * parameters[0].value().data()[1];
  });
  ASSERT_TRUE(losses.ok());
  EXPECT_EQ(*losses, (std::vector<double>{2010, 2011, 2012, 2510, 2511, 2512}));
  EXPECT_EQ(WeightsOf(parameters), (WeightVector{10, 20}));
}

// The square of a filter's distance from where it was is the mean of |w + d|² and |w - d|², less |w|²: here 25 d².
TEST(LossPlaneTest, LossAtDistancesIsTheMeanOfBothWays) {
  const std::vector<Variable> parameters = {Tensor::Of({1, 2}, {3, 4})};
  Random random(1);
  const auto losses = LossAtDistances(parameters, {0, 0.5, 2}, 3, random, [&] {
    const float* w = parameters[0].value().data();
    return double{w[0]} * w[0] + double{w[1]} * w[1];
  });
  ASSERT_TRUE(losses.ok());
  EXPECT_NEAR((*losses)[0], 25, 1e-5);
  EXPECT_NEAR((*losses)[1], 25 + 25 * 0.25, 1e-4);
  EXPECT_NEAR((*losses)[2], 25 + 25 * 4, 1e-4);
}

TEST(LossPlaneTest, RandomPlaneGoesThroughTheWeights) {
  Random random(3);
  const WeightPlane plane = RandomPlane(SomeParameters(), random);
  EXPECT_EQ(plane.At(0, 0), WeightsOf(SomeParameters()));
  EXPECT_NE(plane.axes[0], plane.axes[1]);
  EXPECT_NEAR(plane.At(2, 0)[3], 2 * plane.axes[0][3], 1e-5);
}

}  // namespace
}  // namespace dl
