#include "modules/primitives/tensor.h"

#include "gtest/gtest.h"

namespace dl {
namespace {

TEST(TensorTest, HoldsValuesInRowMajorOrder) {
  const Tensor x = Tensor::Of({2, 3}, {1, 2, 3, 4, 5, 6});
  EXPECT_EQ(x.size(), 6);
  EXPECT_EQ(x.dim(0), 2);
  EXPECT_EQ(x.dim(-1), 3);
  EXPECT_EQ(x.data()[3], 4.0f);
  EXPECT_EQ(Tensor::Scalar(2.5f).item(), 2.5f);
}

TEST(TensorTest, ACopySharesUntilOneOfTheTwoIsWritten) {
  Tensor a = Tensor::Full({4}, 1.0f);
  Tensor b = a;
  EXPECT_EQ(a.raw(), b.raw());
  b.mutable_data()[0] = 2.0f;
  EXPECT_NE(a.raw(), b.raw());
  EXPECT_EQ(a.data()[0], 1.0f);
  EXPECT_EQ(b.data()[0], 2.0f);
}

TEST(TensorTest, ASoleOwnerWritesInPlace) {
  Tensor a = Tensor::Zeros({4});
  const void* before = a.raw();
  a.mutable_data()[1] = 3.0f;
  EXPECT_EQ(a.raw(), before);
}

TEST(TensorTest, ReshapeSharesTheElements) {
  const Tensor a = Tensor::Of({2, 3}, {1, 2, 3, 4, 5, 6});
  const Tensor b = a.Reshape({3, 2});
  EXPECT_EQ(a.raw(), b.raw());
  EXPECT_EQ(b.shape(), (Shape{3, 2}));
}

TEST(TensorTest, ZerosLikeTakesShapeAndType) {
  const Tensor a = Tensor::ZerosLike(Tensor::Full({2, 3}, 1.0f));
  EXPECT_EQ(a.shape(), (Shape{2, 3}));
  for (float value : a.values()) EXPECT_EQ(value, 0.0f);
  EXPECT_EQ(Tensor::ZerosLike(Tensor({3}, DType::kBF16)).dtype(), DType::kBF16);
}

TEST(TensorTest, HoldsDoubles) {
  Tensor x({2}, DType::kF64);
  x.mutable_data_f64()[0] = 0.1;
  x.mutable_data_f64()[1] = 0.2;
  EXPECT_EQ(x.bytes(), 16u);
  Tensor copy = x;
  copy.mutable_data_f64()[1] = 3;
  EXPECT_EQ(x.data_f64()[1], 0.2);
  EXPECT_EQ(x.Reshape({2, 1}).data_f64()[0], 0.1);
  EXPECT_EQ(Tensor::Full({1, 1}, 0.1, DType::kF64).item(), 0.1);
  EXPECT_EQ(Tensor::Scalar(0.1).item(), 0.1f);
  EXPECT_STREQ(ToString(Tensor::Zeros({3}, DType::kF64).dtype()), "f64");
}

TEST(TensorTest, ADefaultTensorIsEmpty) { EXPECT_EQ(Tensor().size(), 0); }

TEST(TensorDeathTest, NamesShapesAndTheWayOut) {
  const Tensor a = Tensor::Zeros({2, 3});
  EXPECT_DEATH(a.Reshape({4, 2}), "\\[2, 3\\] holds 6 elements, \\[4, 2\\] holds 8");
  EXPECT_DEATH(Tensor::Of({2}, {1, 2, 3}), "holds 2 elements, 3 values");
  EXPECT_DEATH(a.dim(2), "dim\\(2\\): shape is \\[2, 3\\]");
  EXPECT_DEATH(a.item(), "must hold one element");
  EXPECT_DEATH(Tensor({2}, DType::kBF16).data(), "is bf16; Cast");
  EXPECT_DEATH(Tensor({2}, DType::kF64).data(), "is f64; Cast\\(x, DType::kF32\\) makes an f32 one");
  EXPECT_DEATH(a.data_f64(), "is f32; Cast\\(x, DType::kF64\\) makes an f64 one");
  EXPECT_DEATH(Tensor({1}, DType::kBF16).item(), "is bf16; Cast");
  EXPECT_DEATH(Tensor({-1}), "negative extent");
}

}  // namespace
}  // namespace dl
