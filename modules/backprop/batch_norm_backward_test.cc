#include "modules/backprop/batch_norm_backward.h"

#include "gtest/gtest.h"
#include "modules/backprop/counted.h"
#include "modules/primitives/reference/batch_normalization.h"
#include "modules/primitives/testing.h"

namespace dl {
namespace {

using Array = reference::Array<double>;
using ::dl::testing::RelativeL2;

constexpr double kEpsilon = 1e-5;

Rows<double> RowsOf(const Array& a) {
  Rows<double> rows;
  for (int64_t i = 0; i < a.shape[0]; ++i) rows.emplace_back(&a.values[i * a.shape[1]], a.shape[1]);
  return rows;
}

Row<double> RowOf(const Array& a) { return Row<double>(a.values.data(), a.values.size()); }

Array ArrayOf(const Rows<double>& rows) {
  Array a(Shape{static_cast<int64_t>(rows.size()), static_cast<int64_t>(rows[0].size())});
  auto out = a.values.begin();
  for (const Row<double>& row : rows) out = std::copy(std::begin(row), std::end(row), out);
  return a;
}

Array ArrayOf(const Row<double>& row) {
  return Array(Shape{static_cast<int64_t>(row.size())}, std::vector<double>(std::begin(row), std::end(row)));
}

struct Case {
  Array x, scale, shift, dy;

  Case(int64_t n, int64_t d, uint64_t seed)
      : x(testing::RandomArray({n, d}, seed)),
        scale(testing::RandomArray({d}, seed + 1)),
        shift(testing::RandomArray({d}, seed + 2)),
        dy(testing::RandomArray({n, d}, seed + 3)) {}

  BatchNormForwardResult<double> Forward() const {
    return BatchNormForward(RowsOf(x), RowOf(scale), RowOf(shift), kEpsilon);
  }
};

TEST(BatchNormBackwardTest, ForwardIsTheDefinition) {
  const Case c(16, 5, 1);
  const BatchNormalizationOptions options = {.epsilon = 0.25f};  // exact in both types
  const Array y = reference::BatchNormalization(c.x, c.scale, c.shift, options);
  EXPECT_LE(RelativeL2(ArrayOf(BatchNormForward(RowsOf(c.x), RowOf(c.scale), RowOf(c.shift), 0.25).y), y), 1e-14);
}

TEST(BatchNormBackwardTest, StagedAndSimplifiedAreEqual) {
  for (const auto& [n, d] : std::vector<std::pair<int64_t, int64_t>>{{2, 1}, {8, 3}, {50, 20}, {256, 32}}) {
    for (uint64_t seed : {1, 2, 3}) {
      const Case c(n, d, 10 * seed);
      const auto cache = c.Forward().cache;
      const auto staged = BatchNormBackwardStaged(RowsOf(c.dy), RowOf(c.scale), cache);
      const auto simplified = BatchNormBackwardSimplified(RowsOf(c.dy), RowOf(c.scale), cache);
      // Of two examples all but a share ε / variance of the gradient cancels, and the rounding errors do not.
      const double bar = n == 2 ? 1e-9 : 1e-12;
      EXPECT_LE(RelativeL2(ArrayOf(simplified.dx), ArrayOf(staged.dx)), bar) << n << " x " << d;
      EXPECT_LE(RelativeL2(ArrayOf(simplified.dscale), ArrayOf(staged.dscale)), 1e-12);
      EXPECT_LE(RelativeL2(ArrayOf(simplified.dshift), ArrayOf(staged.dshift)), 1e-12);
    }
  }
}

// Central differences of the forward pass, for all three inputs; their own error is about 1e-10.
TEST(BatchNormBackwardTest, BothAreTheSlopesOfTheForwardPass) {
  const Case c(12, 4, 7);
  const auto slope = [&](Array Case::*input) {
    return testing::NumericalGradient(
        [&](const Array& moved) {
          Case other = c;
          other.*input = moved;
          return ArrayOf(other.Forward().y);
        },
        c.*input, c.dy);
  };
  const auto cache = c.Forward().cache;
  for (const auto& slopes : {BatchNormBackwardStaged(RowsOf(c.dy), RowOf(c.scale), cache),
                             BatchNormBackwardSimplified(RowsOf(c.dy), RowOf(c.scale), cache)}) {
    EXPECT_LE(RelativeL2(ArrayOf(slopes.dx), slope(&Case::x)), 1e-8);
    EXPECT_LE(RelativeL2(ArrayOf(slopes.dscale), slope(&Case::scale)), 1e-8);
    EXPECT_LE(RelativeL2(ArrayOf(slopes.dshift), slope(&Case::shift)), 1e-8);
  }
}

// Counted by hand from the listing: operations of whole matrices are one an element, the rest vanishes as N grows.
TEST(BatchNormBackwardTest, TheSimplifiedFormulaDoesLess) {
  constexpr int64_t kExamples = 1000, kFeatures = 3;
  const Row<Counted> one(Counted(1), kFeatures);
  const Rows<Counted> rows(kExamples, one);
  const auto cache = BatchNormForward(rows, one, one, Counted(kEpsilon)).cache;
  const auto each = [&](const auto& backward) {
    Counted::ResetCount();
    backward(rows, one, cache);
    const OperationCount count = Counted::count();
    return std::pair(count.multiplications / (kExamples * kFeatures), count.additions / (kExamples * kFeatures));
  };
  EXPECT_EQ(each(BatchNormBackwardStaged<Counted>), std::pair(int64_t{7}, int64_t{7}));
  EXPECT_EQ(each(BatchNormBackwardSimplified<Counted>), std::pair(int64_t{3}, int64_t{4}));
}

TEST(BatchNormBackwardDeathTest, ScaleFitsTheRows) {
  const Rows<double> x(3, Row<double>(2));
  EXPECT_DEATH(BatchNormForward(x, Row<double>(4), Row<double>(4), kEpsilon), "3 rows, scale \\[4\\]");
}

}  // namespace
}  // namespace dl
