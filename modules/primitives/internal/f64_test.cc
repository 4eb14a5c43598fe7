#include "modules/primitives/internal/f64.h"

#include "gtest/gtest.h"

namespace dl {
namespace {

const Tensor kF32 = Tensor::Zeros({2}), kF64 = Tensor::Zeros({2}, DType::kF64), kBF16 = Tensor({2}, DType::kBF16);

TEST(F64Test, OneTypeForAll) {
  EXPECT_TRUE(AreF64("op", kF64));
  EXPECT_TRUE(AreF64("op", kF64, kF64, kF64));
  EXPECT_FALSE(AreF64("op", kF32));
  EXPECT_FALSE(AreF64("op", kF32, kBF16));  // the operation's own business
}

TEST(F64DeathTest, AMixtureNamesBothTypes) {
  EXPECT_DEATH(AreF64("op", kF64, kF64, kF32), "op: operands are f64 and f32; f64 goes with f64 only");
  EXPECT_DEATH(AreF64("op", kBF16, kF64), "op: operands are bf16 and f64");
}

}  // namespace
}  // namespace dl
