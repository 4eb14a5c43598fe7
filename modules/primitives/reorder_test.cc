#include "modules/primitives/reorder.h"

#include "gtest/gtest.h"
#include "modules/primitives/internal/onednn.h"
#include "modules/primitives/testing.h"

namespace dl {
namespace {

// x in channels-last order, as a primitive might choose it.
Tensor ChannelsLast(const Tensor& x) {
  return onednn::InOrder(x, onednn::Desc(onednn::DimsOf(x.shape()), onednn::TypeOf(x.dtype()),
                                         dnnl::memory::format_tag::nhwc));
}

TEST(ReorderTest, ThereAndBackIsTheSame) {
  const Tensor x = testing::RandomTensor({2, 3, 4, 5}, 1);
  const int64_t before = ReorderCount();
  const Tensor blocked = ChannelsLast(x);
  EXPECT_FALSE(blocked.is_plain());
  EXPECT_EQ(static_cast<const float*>(blocked.raw())[1], x.data()[4 * 5]);  // the next channel comes next
  const Tensor back = ToPlain(blocked);
  EXPECT_TRUE(back.is_plain());
  EXPECT_EQ(std::vector<float>(back.values().begin(), back.values().end()),
            std::vector<float>(x.values().begin(), x.values().end()));
  EXPECT_EQ(ReorderCount(), before + 2);
}

TEST(ReorderTest, NothingToDoIsNoCopy) {
  const Tensor x = testing::RandomTensor({2, 3, 4, 5}, 1);
  const int64_t before = ReorderCount();
  EXPECT_EQ(ToPlain(x).raw(), x.raw());
  EXPECT_EQ(InLayoutOf(x, x).raw(), x.raw());
  EXPECT_EQ(Cast(x, DType::kF32).raw(), x.raw());
  EXPECT_EQ(ReorderCount(), before);
}

TEST(ReorderTest, EqualLayoutsAreOneObject) {
  const Tensor x = testing::RandomTensor({2, 3, 4, 5}, 1);
  EXPECT_EQ(ChannelsLast(x).layout(), ChannelsLast(x).layout());
}

TEST(ReorderTest, Bf16KeepsEightBitsAndRoundsToEven) {
  // 1 + 2^-8 lies half-way between the neighbours 1 and 1 + 2^-7; the even one is 1.
  const Tensor x = Tensor::Of({3}, {1.0f + 0x1p-8f, 1.0f + 3 * 0x1p-8f, -2.5f});
  const Tensor y = Cast(x, DType::kBF16);
  EXPECT_EQ(y.bytes(), 6u);
  const Tensor back = Cast(y, DType::kF32);
  EXPECT_EQ(back.data()[0], 1.0f);
  EXPECT_EQ(back.data()[1], 1.0f + 0x1p-6f);
  EXPECT_EQ(back.data()[2], -2.5f);
}

TEST(ReorderTest, DoublesKeepEveryValueAndRoundOnTheWayBack) {
  const Tensor x = testing::RandomTensor({2, 3, 4, 5}, 1), half = Cast(x, DType::kBF16);
  for (const Tensor& narrow : {x, half}) {
    const Tensor wide = Cast(narrow, DType::kF64), back = Cast(wide, narrow.dtype());
    EXPECT_EQ(wide.dtype(), DType::kF64);
    EXPECT_EQ(back.dtype(), narrow.dtype());
    EXPECT_EQ(reference::FromTensor<double>(wide).values, reference::FromTensor<double>(narrow).values);
    EXPECT_EQ(reference::FromTensor<double>(back).values, reference::FromTensor<double>(narrow).values);
  }
  EXPECT_EQ(reference::FromTensor<double>(Cast(ChannelsLast(x), DType::kF64)).values,
            reference::FromTensor<double>(x).values);
  const Tensor third = reference::ToTensor(reference::Array<double>({1}, {1.0 / 3.0}));
  EXPECT_EQ(third.item(), 1.0 / 3.0);
  EXPECT_EQ(Cast(third, DType::kF32).item(), 1.0f / 3.0f);
  EXPECT_EQ(reference::ToTensor(reference::Array<float>({1}, {0.5f})).dtype(), DType::kF32);
  EXPECT_EQ(ToPlain(third).raw(), third.raw());
  EXPECT_EQ(InLayoutOf(third, third).raw(), third.raw());
  EXPECT_EQ(InLayoutOf(third, Tensor({1}, DType::kF64)).raw(), third.raw());
}

TEST(ReorderDeathTest, ABlockedTensorDoesNotShowItsBytes) {
  const Tensor blocked = ChannelsLast(testing::RandomTensor({2, 3, 4, 5}, 1));
  EXPECT_DEATH(blocked.data(), "blocked layout; ToPlain\\(\\)");
  EXPECT_DEATH(blocked.Reshape({120}), "blocked layout; ToPlain\\(\\)");
}

}  // namespace
}  // namespace dl
