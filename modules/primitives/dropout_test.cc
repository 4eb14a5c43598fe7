#include "modules/primitives/dropout.h"

#include <cmath>

#include "gtest/gtest.h"
#include "modules/primitives/convolution.h"
#include "modules/primitives/internal/onednn.h"
#include "modules/primitives/reference/dropout.h"
#include "modules/primitives/reorder.h"
#include "modules/primitives/testing.h"
#include "modules/primitives/threads.h"

namespace dl {
namespace {

using reference::FromTensor;

constexpr uint64_t kKey = 0x123456789ABCDEF0;

TEST(DropoutTest, EqualsItsTwin) {
  for (const Shape& shape : {Shape{1}, Shape{64}, Shape{3, 5, 7}, Shape{200, 1000}}) {  // a last block cut off; threads
    for (float rate : {0.0f, 0.25f, 0.9f}) {
      const Tensor x = testing::RandomTensor(shape, 1);
      const auto twin = reference::DropElements(FromTensor<double>(x), rate, kKey);
      EXPECT_LE(testing::RelativeL2(DropElements(x, rate, kKey), twin), testing::kF32Tolerance) << ToString(shape);
      const Tensor exact = testing::RandomF64Tensor(shape, 1);
      EXPECT_TRUE(testing::IsExactly(DropElements(exact, rate, kKey),
                                     reference::DropElements(FromTensor<double>(exact), rate, kKey)));
    }
  }
}

TEST(DropoutTest, RoundsBf16ToNearest) {
  const Tensor x = Cast(testing::RandomTensor({1000}, 1), DType::kBF16);
  const Tensor y = DropElements(x, 0.3f, kKey);
  EXPECT_EQ(y.dtype(), DType::kBF16);
  const auto a = FromTensor<double>(y), b = reference::DropElements(FromTensor<double>(x), 0.3f, kKey);
  for (size_t i = 0; i < a.values.size(); ++i) {
    EXPECT_NEAR(a.values[i], b.values[i], testing::kBF16Tolerance * std::abs(b.values[i])) << i;
  }
}

TEST(DropoutTest, DropsTheShareAskedForAndKeepsTheMean) {
  constexpr int64_t n = 1'000'000;
  const Tensor y = DropElements(Tensor::Full({n}, 1), 0.3f, kKey);
  int64_t dropped = 0;
  double sum = 0;
  for (float value : y.values()) {
    dropped += value == 0;
    sum += value;
    ASSERT_TRUE(value == 0 || value == 1 / (1 - 0.3f));
  }
  const double deviation = std::sqrt(0.3 * 0.7 / n);
  EXPECT_NEAR(static_cast<double>(dropped) / n, 0.3, 4 * deviation);
  EXPECT_NEAR(sum / n, 1, 4 * deviation / 0.7);
}

bool Equal(const Tensor& a, const Tensor& b) { return FromTensor<float>(a).values == FromTensor<float>(b).values; }

TEST(DropoutTest, TheKeyDecidesAndTheThreadsDoNot) {
  const Tensor x = testing::RandomTensor({100'003}, 1);
  const Tensor once = DropElements(x, 0.5f, kKey);
  EXPECT_FALSE(Equal(once, DropElements(x, 0.5f, kKey + 1)));
  EXPECT_FALSE(Equal(once, DropElements(x, 0.5f, kKey + (uint64_t{1} << 32))));
  const int before = ThreadCount();
  for (int threads : {1, 2, 3}) {
    SetThreadCount(threads);
    EXPECT_TRUE(Equal(once, DropElements(x, 0.5f, kKey))) << threads;
  }
  SetThreadCount(before);
}

TEST(DropoutTest, ABlockedTensorKeepsItsOrder) {
  const Tensor y =
      Convolution(testing::RandomTensor({4, 16, 8, 8}, 1), testing::RandomTensor({20, 16, 3, 3}, 2), Tensor());
  ASSERT_FALSE(y.is_plain());
  const int64_t reorders = ReorderCount();
  const Tensor dropped = DropElements(y, 0.5f, kKey);
  EXPECT_EQ(ReorderCount(), reorders);
  ASSERT_EQ(dropped.layout(), y.layout());
  const auto before = FromTensor<float>(y), after = FromTensor<float>(dropped);
  int64_t zeros = 0;
  for (size_t i = 0; i < before.values.size(); ++i) {
    zeros += after.values[i] == 0;
    ASSERT_TRUE(after.values[i] == 0 || after.values[i] == 2 * before.values[i]);
  }
  EXPECT_NEAR(static_cast<double>(zeros) / static_cast<double>(before.values.size()), 0.5, 0.05);
}

TEST(DropoutDeathTest, ARateOfOneLeavesNothing) {
  EXPECT_DEATH(DropElements(Tensor::Zeros({2}), 1, kKey), "the rate is 1; it must be in \\[0, 1\\)");
  EXPECT_DEATH(DropElements(Tensor::Zeros({2}), -0.1f, kKey), "the rate is -0.1");
}

}  // namespace
}  // namespace dl
