#include "modules/optimizers/muon.h"

#include <cmath>

#include "gtest/gtest.h"
#include "modules/primitives/binary.h"
#include "modules/primitives/matmul.h"
#include "modules/primitives/reorder.h"
#include "modules/primitives/testing.h"

namespace dl {
namespace {

// What the five steps make of one singular value, in double.
double Quintic(double s, int steps) {
  for (int i = 0; i < steps; ++i) s = 3.4445 * s - 4.7750 * std::pow(s, 3) + 2.0315 * std::pow(s, 5);
  return s;
}

// A matrix with singular values 3 and 4 along the axes keeps its directions; each value goes its own way from σ / 5.
TEST(MuonTest, OrthogonalizesEachSingularValueByTheQuintic) {
  for (const Shape& shape : {Shape{2, 3}, Shape{3, 2}}) {
    Tensor x = Tensor::Zeros(shape, DType::kF64);
    x.mutable_data_f64()[0] = 3;
    x.mutable_data_f64()[shape[1] + 1] = -4;
    const Tensor y = Orthogonalized(x);
    EXPECT_NEAR(y.data_f64()[0], Quintic(0.6, 5), 1e-12);
    EXPECT_NEAR(y.data_f64()[shape[1] + 1], -Quintic(0.8, 5), 1e-12);
    EXPECT_EQ(y.data_f64()[1], 0);
  }
  EXPECT_EQ(Orthogonalized(Tensor::Zeros({2, 2})).data()[3], 0);
}

// The band that the header states, over all values from 1/650 to 1.
TEST(MuonTest, FiveStepsBringEveryValueNearOne) {
  double lowest = 9, highest = 0;
  for (double s = 1.0 / 650; s <= 1; s *= 1.001) {
    lowest = std::min(lowest, Quintic(s, 5));
    highest = std::max(highest, Quintic(s, 5));
  }
  EXPECT_GT(lowest, 0.67);
  EXPECT_LT(highest, 1.21);
}

// Two steps of the published algorithm, in double: v ← μ v + (1 - μ) g; update μ v + (1 - μ) g, orthogonal, times
// 0.2 √max(m, n); the weights decay by η λ.
TEST(MuonTest, FollowsItsAlgorithm) {
  const Tensor start = Cast(testing::RandomTensor({4, 6}, 1), DType::kF64);
  const Variable w = start.Reshape({4, 2, 3, 1});  // as a convolution's weight
  const auto muon = Muon({w}, {.rate = Constant(0.1), .momentum = 0.9, .weight_decay = 0.5});
  Tensor v = Tensor::Zeros({4, 6}, DType::kF64), p = start;
  for (int t = 0; t < 2; ++t) {
    const Tensor g = Cast(testing::RandomTensor({4, 6}, 10 + t), DType::kF64);
    muon->Step({g.Reshape(w.shape())});
    v = Add(Scale(v, 0.9), Scale(g, 0.1));
    const Tensor update = Orthogonalized(Add(Scale(v, 0.9), Scale(g, 0.1)));
    p = Subtract(Scale(p, 1 - 0.05), Scale(update, 0.1 * 0.2 * std::sqrt(6)));
  }
  for (int i = 0; i < 24; ++i) EXPECT_NEAR(w.value().data_f64()[i], p.data_f64()[i], 1e-14);
}

TEST(MuonDeathTest, VectorsAreNotForIt) {
  EXPECT_DEATH(Muon({Tensor::Zeros({3})}, {}), "a parameter is \\[3\\]; Muon is for matrices");
  EXPECT_DEATH(Orthogonalized(Tensor::Zeros({3})), "must be a matrix");
}

}  // namespace
}  // namespace dl
