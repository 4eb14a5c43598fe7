#include "modules/primitives/binary.h"

#include <algorithm>
#include <utility>

#include "gtest/gtest.h"
#include "modules/primitives/internal/onednn.h"
#include "modules/primitives/reference/binary.h"
#include "modules/primitives/reorder.h"
#include "modules/primitives/testing.h"

namespace dl {
namespace {

using dnnl::memory;
using reference::Array;

const Binary kAll[] = {Binary::kAdd,     Binary::kSubtract, Binary::kMultiply,    Binary::kDivide,
                       Binary::kMaximum, Binary::kMinimum,  Binary::kGreaterEqual};

struct Shapes {
  Shape a, b;
};

// All but the comparison, which oneDNN does not do for us.
const Binary kBlocked[] = {Binary::kAdd,    Binary::kSubtract, Binary::kMultiply,
                           Binary::kDivide, Binary::kMaximum,  Binary::kMinimum};

const Shapes kShapes[] = {
    {{64, 128}, {64, 128}},  // no broadcast
    {{64, 128}, {128}},      // a bias
    {{64, 128}, {64, 1}},    // a factor for each row
    {{5}, {}},
    {{}, {}},
    {{1}, {3, 1}},                    // small first
    {{4, 1, 5}, {3, 1}},              // both sides
    {{2, 3, 4, 5}, {3, 1, 1}},        // a channel's bias
    {{2, 1, 4, 1, 5}, {3, 1, 6, 1}},  // axes in turn
    {{300, 200}, {200}},              // long enough for several threads
    {{40000}, {40000}},
};

// Away from zero, so that it may divide; some elements equal.
Tensor Operand(const Shape& shape, uint64_t seed) {
  Tensor x = testing::IntegerTensor(shape, seed, 4);
  for (int64_t i = 0; i < x.size(); ++i) x.mutable_data()[i] += x.data()[i] >= 0 ? 1.0f : 0.0f;
  return x;
}

Array<double> Twin(Binary op, const Tensor& a, const Tensor& b) {
  return reference::Apply(op, reference::FromTensor<double>(a), reference::FromTensor<double>(b));
}

Tensor InTag(const Tensor& x, memory::format_tag tag) {
  return onednn::InOrder(x, onednn::Desc(onednn::DimsOf(x.shape()), onednn::TypeOf(x.dtype()), tag));
}

// A quotient of small integers is rounded once; all else is exact.
double Tolerance(Binary op) { return op == Binary::kDivide ? 6e-8 : 0.0; }

class BinaryTest : public ::testing::TestWithParam<Binary> {};

TEST_P(BinaryTest, EqualsItsTwinForEveryBroadcast) {
  for (const Shapes& shapes : kShapes) {
    const Tensor a = Operand(shapes.a, 1), b = Operand(shapes.b, 2);
    SCOPED_TRACE(ToString(a.shape()) + " " + ToString(b.shape()));
    EXPECT_LE(testing::RelativeL2(Apply(GetParam(), a, b), Twin(GetParam(), a, b)), Tolerance(GetParam()));
    EXPECT_LE(testing::RelativeL2(Apply(GetParam(), b, a), Twin(GetParam(), b, a)), Tolerance(GetParam()));
  }
}

TEST_P(BinaryTest, BackwardEqualsItsTwin) {
  for (const Shapes& shapes : kShapes) {
    const Tensor a = Operand(shapes.a, 1), b = Operand(shapes.b, 2);
    SCOPED_TRACE(ToString(a.shape()) + " " + ToString(b.shape()));
    const Tensor dy = testing::RandomTensor(BroadcastShape("test", a.shape(), b.shape()), 3);
    const auto expected = reference::ApplyBackward(GetParam(), reference::FromTensor<double>(a),
                                                   reference::FromTensor<double>(b), reference::FromTensor<double>(dy));
    EXPECT_LE(testing::RelativeL2(ApplyBackwardA(GetParam(), a, b, dy), expected.a), testing::kF32Tolerance);
    EXPECT_LE(testing::RelativeL2(ApplyBackwardB(GetParam(), a, b, dy), expected.b), testing::kF32Tolerance);
  }
}

TEST_P(BinaryTest, TwinsDerivativeIsTheSlope) {
  Array<double> a = testing::RandomArray({4, 1, 5}, 1), b = testing::RandomArray({3, 1}, 2);
  for (double& value : b.values) value += value > 0 ? 1 : -1;  // divides
  const Array<double> dy = testing::RandomArray({4, 3, 5}, 3);
  const auto gradient = reference::ApplyBackward(GetParam(), a, b, dy);
  const auto slope_a =
      testing::NumericalGradient([&](const Array<double>& x) { return reference::Apply(GetParam(), x, b); }, a, dy);
  const auto slope_b =
      testing::NumericalGradient([&](const Array<double>& x) { return reference::Apply(GetParam(), a, x); }, b, dy);
  EXPECT_LE(testing::RelativeL2(gradient.a, slope_a), 1e-7);
  EXPECT_LE(testing::RelativeL2(gradient.b, slope_b), 1e-7);
}

// Channels 40 are no multiple of the block: what pads them must stay zero, and does not show.
class BlockedBinaryTest : public BinaryTest {};

TEST_P(BlockedBinaryTest, OperandsStayBlocked) {
  const Tensor a = Operand({2, 40, 3, 3}, 1), b = Operand(a.shape(), 2);
  for (const auto tag : {memory::format_tag::nChw16c, memory::format_tag::nChw8c, memory::format_tag::nhwc}) {
    const Tensor blocked_a = InTag(a, tag), blocked_b = InTag(b, tag);
    const int64_t before = ReorderCount();
    const Tensor y = Apply(GetParam(), blocked_a, blocked_b);
    EXPECT_EQ(ReorderCount(), before);
    EXPECT_EQ(y.layout(), blocked_a.layout());
    EXPECT_LE(testing::RelativeL2(y, Twin(GetParam(), a, b)), Tolerance(GetParam()));
    // One blocked operand is enough, on either side.
    EXPECT_EQ(Apply(GetParam(), blocked_a, b).layout(), blocked_a.layout());
    EXPECT_LE(testing::RelativeL2(Apply(GetParam(), a, blocked_b), Twin(GetParam(), a, b)), Tolerance(GetParam()));
  }
}

TEST_P(BlockedBinaryTest, ASmallOperandDoesNotMoveALargeOne) {
  const Tensor a = Operand({2, 40, 3, 3}, 1);
  for (const auto tag : {memory::format_tag::nChw16c, memory::format_tag::nChw8c, memory::format_tag::nhwc}) {
    for (const Shape& shape : std::vector<Shape>{{1, 40, 1, 1}, {40, 1, 1}, {2, 40, 1, 1}, {}, {2, 1, 1, 1}, {3, 3}}) {
      SCOPED_TRACE(ToString(shape));
      const Tensor blocked = InTag(a, tag), b = Operand(shape, 2);
      const int64_t before = ReorderCount();
      const Tensor y = Apply(GetParam(), blocked, b);
      EXPECT_LE(ReorderCount(), before + 1);  // the small one
      EXPECT_EQ(y.layout(), blocked.layout());
      EXPECT_LE(testing::RelativeL2(y, Twin(GetParam(), a, b)), Tolerance(GetParam()));
      EXPECT_LE(testing::RelativeL2(Apply(GetParam(), b, blocked), Twin(GetParam(), b, a)), Tolerance(GetParam()));
    }
  }
}

// Quotients differ from the twin's in the order of their roundings, sums of gradients in that of their terms.
TEST_P(BinaryTest, F64IsTheTwin) {
  for (const Shapes& shapes : {kShapes[1], kShapes[4], kShapes[6], kShapes[8]}) {
    SCOPED_TRACE(ToString(shapes.a) + " " + ToString(shapes.b));
    const Tensor a = testing::RandomF64Tensor(shapes.a, 1), b = testing::RandomF64Tensor(shapes.b, 2);
    const Tensor y = Apply(GetParam(), a, b), dy = testing::RandomF64Tensor(y.shape(), 3);
    EXPECT_TRUE(testing::IsExactly(y, Twin(GetParam(), a, b)));
    const auto expected = reference::ApplyBackward(GetParam(), reference::FromTensor<double>(a),
                                                   reference::FromTensor<double>(b), reference::FromTensor<double>(dy));
    for (const auto& [actual, twin] : {std::pair(ApplyBackwardA(GetParam(), a, b, dy), expected.a),
                                       std::pair(ApplyBackwardB(GetParam(), a, b, dy), expected.b)}) {
      EXPECT_EQ(actual.dtype(), DType::kF64);
      EXPECT_LE(testing::RelativeL2(actual, twin), 1e-14);
    }
  }
}

// bf16 has 8 bits: sums, differences and products of these integers are exact in it, quotients are off by 2^-9.
TEST_P(BinaryTest, Bf16EqualsItsTwin) {
  for (const Shapes& shapes : kShapes) {
    const Tensor a = Operand(shapes.a, 1), b = Operand(shapes.b, 2);
    SCOPED_TRACE(ToString(a.shape()) + " " + ToString(b.shape()));
    const Tensor y = Apply(GetParam(), Cast(a, DType::kBF16), Cast(b, DType::kBF16));
    EXPECT_EQ(y.dtype(), DType::kBF16);
    EXPECT_LE(testing::RelativeL2(y, Twin(GetParam(), a, b)), GetParam() == Binary::kDivide ? 0x1p-9 : 0.0);
  }
}

INSTANTIATE_TEST_SUITE_P(All, BinaryTest, ::testing::ValuesIn(kAll),
                         [](const auto& info) { return std::string(ToString(info.param)); });

INSTANTIATE_TEST_SUITE_P(All, BlockedBinaryTest, ::testing::ValuesIn(kBlocked),
                         [](const auto& info) { return std::string(ToString(info.param)); });

TEST(GreaterEqualTest, BlockedOperandsBecomePlain) {
  const Tensor a = Operand({2, 40, 3, 3}, 1), b = Operand(a.shape(), 2);
  const Tensor y = Apply(Binary::kGreaterEqual, InTag(a, memory::format_tag::nChw16c), b);
  EXPECT_EQ(testing::RelativeL2(y, Twin(Binary::kGreaterEqual, a, b)), 0.0);
}

TEST(AddToTest, AddsInPlaceAndInOrder) {
  const Tensor a = Operand({2, 40, 3, 3}, 1), b = Operand(a.shape(), 2);
  for (const DType dtype : {DType::kF32, DType::kBF16}) {
    for (const auto tag : {memory::format_tag::nchw, memory::format_tag::nChw16c}) {
      Tensor sum = InTag(Cast(a, dtype), tag);
      sum.mutable_raw();  // a storage of its own
      const void* storage = sum.raw();
      const Layout layout = sum.layout();
      AddTo(sum, Cast(b, dtype));
      EXPECT_TRUE(dtype != DType::kF32 || sum.raw() == storage);
      EXPECT_EQ(sum.layout(), layout);
      EXPECT_EQ(testing::RelativeL2(sum, Twin(Binary::kAdd, a, b)), 0.0);
    }
  }
}

TEST(AddToTest, LeavesSharedStorageAlone) {
  const Tensor a = Operand({4}, 1);
  Tensor sum = a;
  AddTo(sum, a);
  EXPECT_EQ(testing::RelativeL2(a, reference::FromTensor<double>(Operand({4}, 1))), 0.0);
  EXPECT_EQ(testing::RelativeL2(sum, Twin(Binary::kAdd, a, a)), 0.0);
}

TEST(AddToTest, F64IsExact) {
  const Tensor a = testing::RandomF64Tensor({2, 3}, 1), b = testing::RandomF64Tensor({2, 3}, 2);
  Tensor sum = a;
  AddTo(sum, b);
  EXPECT_TRUE(testing::IsExactly(sum, Twin(Binary::kAdd, a, b)));
}

TEST(ScaleTest, F64IsExact) {
  const Tensor x = testing::RandomF64Tensor({2, 3}, 1);
  EXPECT_TRUE(testing::IsExactly(Scale(x, 0.1), Twin(Binary::kMultiply, x, Tensor::Scalar(0.1, DType::kF64))));
}

TEST(ScaleTest, KeepsTheOrder) {
  const Tensor x = Operand({2, 40, 3, 3}, 1);
  for (const auto tag : {memory::format_tag::nchw, memory::format_tag::nChw16c}) {
    const Tensor in_order = InTag(x, tag), y = Scale(in_order, -0.5f);
    EXPECT_EQ(y.layout(), in_order.layout());
    EXPECT_EQ(testing::RelativeL2(y, Twin(Binary::kMultiply, x, Tensor::Scalar(-0.5f))), 0.0);
  }
}

TEST(BinaryDeathTest, NamesTheMistake) {
  const Tensor a = Tensor::Zeros({2, 3});
  EXPECT_DEATH(Add(a, Tensor::Zeros({4})), "add: shapes \\[2, 3\\] and \\[4\\] do not broadcast");
  EXPECT_DEATH(Add(a, Tensor({2, 3}, DType::kBF16)), "a is f32, b is bf16");
  Tensor sum = a;
  EXPECT_DEATH(Scale(Tensor({2, 3}, DType::kBF16), 2), "x is bf16");
  EXPECT_DEATH(AddTo(sum, Tensor::Zeros({3})), "accumulator is \\[2, 3\\], x is \\[3\\]");
}

}  // namespace
}  // namespace dl
