#include "datasets/mixup.h"

#include <vector>

#include "gtest/gtest.h"

namespace dl {
namespace {

TEST(MixupShareTest, HasTheMomentsOfBeta) {
  for (float alpha : {0.01f, 0.2f, 0.5f, 1.0f, 2.0f, 20.0f}) {
    Random random(1);
    double mean = 0, square = 0, fourth = 0;
    constexpr int kDraws = 40000;
    for (int i = 0; i < kDraws; ++i) {
      const double x = MixupShare(alpha, &random), centred = x - 0.5;
      ASSERT_TRUE(x >= 0 && x <= 1) << x;
      mean += x / kDraws;
      square += centred * centred / kDraws;
      fourth += centred * centred * centred * centred / kDraws;
    }
    const double variance = 1 / (8.0 * alpha + 4);
    EXPECT_NEAR(mean, 0.5, 0.01) << alpha;
    EXPECT_NEAR(square, variance, 0.03 * variance) << alpha;
    // The kurtosis of Beta(alpha, alpha).
    EXPECT_NEAR(fourth, variance * variance * (3 - 6 / (2.0 * alpha + 3)), 0.06 * variance * variance) << alpha;
  }
}

TEST(MixRowsTest, EachRowMovesTowardsItsPartner) {
  const Tensor x = Tensor::Of({3, 2}, {0, 0, 1, 10, 2, 20});
  const Tensor y = MixRows(x, {2, 1, 0}, 0.25f);
  EXPECT_EQ(y.values(), (std::vector<float>{0.5f, 5, 1, 10, 1.5f, 15}));
}

TEST(MixupDeathTest, NamesWhatIsWrong) {
  Random random(1);
  EXPECT_DEATH(MixupShare(0, &random), "alpha is 0");
  EXPECT_DEATH(MixRows(Tensor::Zeros({3, 2}), {0, 1}, 0.5f), "2 partners of 3 rows");
  EXPECT_DEATH(MixRows(Tensor::Zeros({1, 2}), {1}, 0.5f), "partner 1 of 1 rows");
}

}  // namespace
}  // namespace dl
