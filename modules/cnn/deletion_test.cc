#include "modules/cnn/deletion.h"

#include <cmath>

#include "gtest/gtest.h"
#include "modules/backprop/linear.h"

namespace dl {
namespace {

// Scores of a picture [1, 2, 2]: class 0 its first pixel plus twice its last, class 1 nothing.
Linear Reader() {
  Random random(1);
  Linear reader(4, 2, random);
  reader.Parameters()[0].variable.mutable_value() = Tensor::Of({2, 4}, {1, 0, 0, 2, 0, 0, 0, 0});
  return reader;
}

double Sigmoid(double x) { return 1 / (1 + std::exp(-x)); }

TEST(DeletionTest, TheMostSalientPixelsComeFirstAndEqualOnesInTheirOrder) {
  EXPECT_EQ(MostSalientFirst(Tensor::Of({2, 3}, {0, 5, -1, 5, 9, 0})), (std::vector<int64_t>{4, 1, 3, 0, 5, 2}));
}

TEST(DeletionTest, TheProbabilityFallsAsPixelsGo) {
  Linear reader = Reader();
  const Tensor x = Tensor::Of({1, 1, 2, 2}, {1, 5, 5, 1});
  const std::vector<double> each = DeletionCurve(reader, x, 0, {3, 1, 0, 2}, 4);
  const double expected[] = {Sigmoid(3), Sigmoid(1), Sigmoid(1), 0.5, 0.5};
  ASSERT_EQ(each.size(), 5u);
  for (int k = 0; k < 5; ++k) EXPECT_NEAR(each[k], expected[k], 1e-6) << k;
  const std::vector<double> pairs = DeletionCurve(reader, x, 1, {3, 1, 0, 2}, 2);
  ASSERT_EQ(pairs.size(), 3u);
  EXPECT_NEAR(pairs[1], 1 - Sigmoid(1), 1e-6);
}

TEST(DeletionTest, AllChannelsOfAPixelGo) {
  Random random(1);
  Linear reader(4, 2, random);
  reader.Parameters()[0].variable.mutable_value() = Tensor::Of({2, 4}, {1, 0, 1, 0, 0, 0, 0, 0});
  const std::vector<double> curve = DeletionCurve(reader, Tensor::Of({1, 2, 1, 2}, {1, 1, 1, 1}), 0, {0, 1}, 2);
  EXPECT_NEAR(curve[0], Sigmoid(2), 1e-6);
  EXPECT_NEAR(curve[1], 0.5, 1e-6);
}

TEST(DeletionTest, AreasAreTrapezoids) {
  EXPECT_DOUBLE_EQ(AreaUnder({1, 0}), 0.5);
  EXPECT_DOUBLE_EQ(AreaUnder({1, 0.5, 0.25}), (0.75 + 0.375) / 2);
}

}  // namespace
}  // namespace dl
