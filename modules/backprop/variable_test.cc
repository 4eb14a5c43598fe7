#include "modules/backprop/variable.h"

#include "gtest/gtest.h"

namespace dl {
namespace {

Variable Identity(const Variable& x) {
  return Record("identity", x.value(), {{x, [](const Tensor&, const Tensor& dy) { return dy; }}});
}

TEST(VariableTest, AnOperationKnowsItsInputsAndComesAfterThem) {
  const Variable x = Tensor::Full({2, 3}, 1.0f);
  const Variable y = Identity(x);
  EXPECT_TRUE(x.inputs().empty());
  EXPECT_STREQ(x.op(), "");
  EXPECT_STREQ(y.op(), "identity");
  ASSERT_EQ(y.inputs().size(), 1u);
  EXPECT_EQ(y.inputs()[0].input.id(), x.id());
  EXPECT_GT(y.id(), x.id());
  EXPECT_EQ(y.shape(), (Shape{2, 3}));
}

TEST(VariableTest, AChangedLeafLeavesRecordedValuesAlone) {
  Variable x = Tensor::Full({2}, 1.0f);
  const Variable y = Identity(x);
  x.mutable_value().mutable_data()[0] = 5.0f;
  EXPECT_EQ(x.value().data()[0], 5.0f);
  EXPECT_EQ(y.value().data()[0], 1.0f);
}

// Nested destructors would need about 100 bytes of stack for each of the million nodes.
TEST(VariableTest, AChainOfAMillionIsReleased) {
  Variable x = Tensor::Scalar(1.0f);
  for (int i = 0; i < 1000000; ++i) x = Identity(x);
  EXPECT_EQ(x.value().item(), 1.0f);
}

TEST(VariableTest, JointEdgesComputeOnceForEachGradient) {
  int calls = 0;
  const std::vector<Edge> edges =
      JointEdges({Tensor::Scalar(1), Tensor::Scalar(2)}, [&calls](const Tensor&, const Tensor& dy) {
        ++calls;
        return std::vector<Tensor>{Tensor::Scalar(10 * dy.item()), Tensor::Scalar(20 * dy.item())};
      });
  const Tensor y = Tensor::Scalar(0), dy = Tensor::Scalar(1), other = Tensor::Scalar(2);
  EXPECT_EQ(edges[0].vjp(y, dy).item(), 10);
  EXPECT_EQ(edges[1].vjp(y, dy).item(), 20);
  EXPECT_EQ(calls, 1);
  EXPECT_EQ(edges[1].vjp(y, other).item(), 40);  // another gradient
  EXPECT_EQ(edges[0].vjp(y, other).item(), 20);
  EXPECT_EQ(calls, 2);
  EXPECT_EQ(edges[0].vjp(y, other).item(), 20);  // a second backward pass
  EXPECT_EQ(calls, 3);
}

TEST(VariableDeathTest, OnlyALeafMayBeChanged) {
  Variable y = Identity(Tensor::Scalar(1));
  EXPECT_DEATH(y.mutable_value(), "only a leaf");
}

}  // namespace
}  // namespace dl
