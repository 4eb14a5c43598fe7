#include "modules/cnn/group_norm.h"

#include <cmath>

#include "gtest/gtest.h"
#include "modules/cnn/ops.h"
#include "modules/primitives/reorder.h"

namespace dl {
namespace {

Tensor Noise(const Shape& shape, uint64_t seed) {
  Tensor x(shape);
  Random random(seed);
  for (int64_t i = 0; i < x.size(); ++i) x.mutable_data()[i] = 3 + 2 * random.Normal();
  return x;
}

struct Moments {
  double mean = 0, variance = 0;
};

Moments Of(const Tensor& y, int64_t begin, int64_t count) {
  Moments m;
  for (int64_t i = begin; i < begin + count; ++i) m.mean += y.data()[i] / static_cast<double>(count);
  for (int64_t i = begin; i < begin + count; ++i) {
    m.variance += std::pow(y.data()[i] - m.mean, 2) / static_cast<double>(count);
  }
  return m;
}

TEST(GroupNormTest, NormalisesEachGroupOfEachExample) {
  const Tensor x = Noise({2, 6, 4, 5}, 1);
  for (int64_t groups : {1, 2, 3, 6}) {
    const Tensor y = ToPlain(GroupNorm2d(groups, 6).Forward(x, {}).value());
    const int64_t size = 120 / groups;
    for (int64_t group = 0; group < 2 * groups; ++group) {
      const Moments m = Of(y, group * size, size);
      EXPECT_NEAR(m.mean, 0, 1e-5) << groups;
      EXPECT_NEAR(m.variance, 1, 1e-4) << groups;
    }
  }
}

TEST(GroupNormTest, ChannelsAreScaledAndShifted) {
  GroupNorm2d layer(1, 2);
  layer.Parameters()[0].variable.mutable_value() = Tensor::Of({2}, {2, 3});
  layer.Parameters()[1].variable.mutable_value() = Tensor::Of({2}, {10, 20});
  const Tensor y = ToPlain(layer.Forward(Tensor::Of({1, 2, 1, 2}, {1, -1, 1, -1}), {}).value());
  EXPECT_NEAR(y.data()[0], 12, 1e-4);
  EXPECT_NEAR(y.data()[1], 8, 1e-4);
  EXPECT_NEAR(y.data()[2], 23, 1e-4);
  EXPECT_NEAR(y.data()[3], 17, 1e-4);
}

TEST(GroupNormTest, TheOrderInMemoryDoesNotMatter) {
  const Tensor x = Convolution(Noise({2, 16, 6, 6}, 1), Noise({16, 16, 3, 3}, 2), Tensor());
  ASSERT_FALSE(x.is_plain());
  const Tensor y = ToPlain(GroupNorm2d(4, 16).Forward(x, {}).value());
  const Tensor expected = ToPlain(GroupNorm2d(4, 16).Forward(ToPlain(x), {}).value());
  for (int64_t i = 0; i < y.size(); ++i) ASSERT_EQ(y.data()[i], expected.data()[i]);
}

TEST(LayerNorm1dTest, NormalisesRows) {
  const Tensor y = LayerNorm1d(50).Forward(Noise({3, 50}, 1), {}).value();
  for (int64_t row = 0; row < 3; ++row) {
    EXPECT_NEAR(Of(y, row * 50, 50).mean, 0, 1e-5);
    EXPECT_NEAR(Of(y, row * 50, 50).variance, 1, 1e-4);
  }
}

TEST(GroupNormDeathTest, GroupsMustDivide) { EXPECT_DEATH(GroupNorm2d(4, 6), "6 channels; 4 groups must divide"); }

}  // namespace
}  // namespace dl
