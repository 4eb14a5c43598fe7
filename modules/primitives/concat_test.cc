#include "modules/primitives/concat.h"

#include "gtest/gtest.h"
#include "modules/primitives/internal/onednn.h"
#include "modules/primitives/reference/concat.h"
#include "modules/primitives/reorder.h"
#include "modules/primitives/testing.h"

namespace dl {
namespace {

using dnnl::memory;

Tensor InTag(const Tensor& x, memory::format_tag tag) {
  return onednn::InOrder(x, onednn::Desc(onednn::DimsOf(x.shape()), onednn::TypeOf(x.dtype()), tag));
}

// Three tensors of `shape` with the extents `sizes` along `axis`.
std::vector<Tensor> Pieces(Shape shape, int axis, const std::vector<int64_t>& sizes) {
  std::vector<Tensor> pieces;
  for (const int64_t size : sizes) {
    shape[axis] = size;
    pieces.push_back(testing::IntegerTensor(shape, pieces.size() + 1, 100));
  }
  return pieces;
}

reference::Array<double> Twin(const std::vector<Tensor>& pieces, int axis) {
  std::vector<reference::Array<double>> arrays;
  for (const Tensor& piece : pieces) arrays.push_back(reference::FromTensor<double>(piece));
  return reference::Concat(arrays, axis);
}

void ExpectEqual(const std::vector<Tensor>& actual, const std::vector<Tensor>& expected) {
  ASSERT_EQ(actual.size(), expected.size());
  for (size_t i = 0; i < actual.size(); ++i) {
    EXPECT_EQ(testing::RelativeL2(actual[i], reference::FromTensor<double>(expected[i])), 0.0) << i;
  }
}

TEST(ConcatTest, EqualsItsTwinAndSplitUndoesIt) {
  for (const Shape& shape : std::vector<Shape>{{2, 3, 4, 5}, {300, 70, 4, 1}}) {  // the second takes several threads
    for (int axis = 0; axis < 4; ++axis) {
      const std::vector<int64_t> sizes = {3, 1, 0, 7};
      const std::vector<Tensor> pieces = Pieces(shape, axis, sizes);
      const Tensor y = Concat(pieces, axis);
      EXPECT_EQ(testing::RelativeL2(y, Twin(pieces, axis)), 0.0) << axis;
      ExpectEqual(Split(y, sizes, axis), pieces);
      ExpectEqual(Split(y, sizes, axis - 4), pieces);
    }
  }
}

TEST(ConcatTest, KeepsTheType) {
  std::vector<Tensor> pieces = Pieces({2, 3}, 1, {3, 2});
  const auto expected = Twin(pieces, 1);
  for (Tensor& piece : pieces) piece = Cast(piece, DType::kBF16);
  const Tensor y = Concat(pieces, 1);
  EXPECT_EQ(y.dtype(), DType::kBF16);
  EXPECT_EQ(testing::RelativeL2(y, expected), 0.0);
  ExpectEqual(Split(y, {3, 2}, 1), pieces);
}

TEST(ConcatTest, F64IsTheTwin) {
  const std::vector<Tensor> pieces = {testing::RandomF64Tensor({2, 3}, 1), testing::RandomF64Tensor({2, 2}, 2)};
  const Tensor y = Concat(pieces, 1);
  EXPECT_TRUE(testing::IsExactly(y, Twin(pieces, 1)));
  ExpectEqual(Split(y, {3, 2}, 1), pieces);
}

TEST(ConcatTest, BlockedChannelsStayBlocked) {
  for (const auto tag : {memory::format_tag::nChw16c, memory::format_tag::nChw8c, memory::format_tag::nhwc}) {
    const std::vector<Tensor> pieces = Pieces({2, 0, 3, 3}, 1, {32, 16});
    const std::vector<Tensor> blocked = {InTag(pieces[0], tag), InTag(pieces[1], tag)};
    const int64_t before = ReorderCount();
    const Tensor y = Concat(blocked, 1);
    const std::vector<Tensor> back = Split(y, {32, 16}, 1);
    EXPECT_EQ(ReorderCount(), before);
    EXPECT_EQ(y.layout(), InTag(ToPlain(y), tag).layout());
    EXPECT_EQ(back[0].layout(), blocked[0].layout());
    EXPECT_EQ(testing::RelativeL2(y, Twin(pieces, 1)), 0.0);
    ExpectEqual(back, pieces);
  }
}

TEST(ConcatTest, ACutThroughABlockGivesPlainPieces) {
  const std::vector<Tensor> pieces = Pieces({2, 0, 3, 3}, 1, {10, 30});
  const Tensor y = Concat({InTag(pieces[0], memory::format_tag::nChw16c), pieces[1]}, 1);
  EXPECT_EQ(testing::RelativeL2(y, Twin(pieces, 1)), 0.0);
  ExpectEqual(Split(InTag(ToPlain(y), memory::format_tag::nChw16c), {10, 30}, 1), pieces);
}

TEST(ConcatDeathTest, NamesTheMistake) {
  const Tensor x = Tensor::Zeros({2, 3});
  EXPECT_DEATH(Concat({}, 0), "no tensors");
  EXPECT_DEATH(Concat({x}, 2), "a tensor is \\[2, 3\\], which has no axis 2");
  EXPECT_DEATH(Concat({x, Tensor::Zeros({3, 4})}, 0), "\\[2, 3\\] of f32 and \\[3, 4\\] of f32");
  EXPECT_DEATH(Concat({x, Tensor::Zeros({2})}, 0), "\\[2, 3\\] of f32 and \\[2\\] of f32");
  EXPECT_DEATH(Concat({x, Tensor({2, 3}, DType::kBF16)}, 0), "\\[2, 3\\] of bf16");
  EXPECT_DEATH(Split(x, {1, 3}, 1), "the sizes \\[1, 3\\] must sum to its extent along axis 1");
}

}  // namespace
}  // namespace dl
