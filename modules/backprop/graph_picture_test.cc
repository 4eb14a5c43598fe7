#include "modules/backprop/graph_picture.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "modules/backprop/losses.h"
#include "modules/backprop/mlp.h"
#include "modules/backprop/ops.h"
#include "modules/backprop/scalar_ops.h"

namespace dl {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using Kind = GraphNode::Kind;

// loss = mean((3, 4) · w), w = 2: the product is (6, 8), and the gradient of each of its elements 1/2.
GraphPicture SmallPicture() {
  const Variable x = Tensor::Of({2}, {3, 4}), w = Tensor::Full({1}, 2);
  GraphNames names;
  names.parameters = {{w.id(), "w"}};
  names.others = {{x.id(), "x<1>"}};
  return PictureOf(Mean(x * w), names);
}

TEST(GraphPictureTest, HoldsTheValuesOfTheForwardAndTheGradientsOfTheBackwardPass) {
  const GraphPicture picture = SmallPicture();
  ASSERT_EQ(picture.size(), 4u);
  const GraphNode &x = picture[0], &w = picture[1], &product = picture[2], &loss = picture[3];
  EXPECT_EQ(x.kind, Kind::kData);
  EXPECT_EQ(x.shape, "[2]");
  EXPECT_EQ(x.mean, 3.5);
  EXPECT_EQ(x.deviation, 0.5);
  EXPECT_FLOAT_EQ(x.gradient, std::sqrt(2.0));  // (1, 1)
  EXPECT_EQ(w.kind, Kind::kParameter);
  EXPECT_EQ(w.name, "w");
  EXPECT_EQ(w.mean, 2);
  EXPECT_EQ(w.gradient, 3.5);
  EXPECT_EQ(product.kind, Kind::kOperation);
  EXPECT_EQ(product.op, "multiply");
  EXPECT_EQ(product.mean, 7);
  EXPECT_EQ(product.deviation, 1);
  EXPECT_FLOAT_EQ(product.gradient, std::sqrt(0.5));
  ASSERT_EQ(product.inputs.size(), 2u);
  EXPECT_EQ(product.inputs[0].node, 0u);
  EXPECT_EQ(product.inputs[1].node, 1u);
  EXPECT_EQ(loss.mean, 7);
  EXPECT_EQ(loss.gradient, 1);
}

TEST(GraphPictureTest, TheDerivativeOfASingleNumberKeepsItsSign) {
  const Variable a = Tensor::Scalar(3), b = Tensor::Scalar(5);
  EXPECT_EQ(PictureOf(a - b, {})[1].gradient, -1);
}

TEST(GraphPictureTest, APerceptronsParametersHaveTheNamesOfItsLayers) {
  Random random(1);
  Sequential mlp = Mlp({2, 3, 2}, Elementwise::kTanh, random);
  const Variable loss = CrossEntropy(mlp.Forward(Tensor::Full({4, 2}, 1), {}), {0, 1, 0, 1});
  std::vector<std::string> titles;
  for (const GraphNode& node : PictureOf(loss, ParameterNames(mlp))) titles.push_back(node.name + node.op + node.shape);
  EXPECT_THAT(titles, ElementsAre("0.weight[3, 2]", "0.bias[3]", "2.weight[2, 3]", "2.bias[2]", "[4, 2]",
                                  "affine[4, 3]", "tanh[4, 3]", "affine[4, 2]", "cross_entropy[]"));
}

// Both engines on (a b + a) a at a = 3, b = 5; what does not lead to the loss is left out.
TEST(GraphPictureTest, BothEnginesGiveOnePicture) {
  Tape tape;
  const Scalar unused = tape.Leaf(7), a = tape.Leaf(3), b = tape.Leaf(5);
  const Scalar last = (a * b + a) * a;
  last + unused;
  const GraphPicture scalars = PictureOf(last, {.parameters = {}, .others = {{a.index(), "a"}}});
  const Variable x = Tensor::Scalar(3), y = Tensor::Scalar(5);
  const GraphPicture variables = PictureOf((x * y + x) * x, {.parameters = {}, .others = {{x.id(), "a"}}});
  ASSERT_EQ(scalars.size(), 5u);
  ASSERT_EQ(variables.size(), 5u);
  for (size_t i = 0; i < scalars.size(); ++i) {
    EXPECT_EQ(scalars[i].kind, variables[i].kind);
    EXPECT_EQ(scalars[i].name, variables[i].name);
    EXPECT_EQ(scalars[i].op, variables[i].op);
    EXPECT_EQ(scalars[i].mean, variables[i].mean);
    EXPECT_EQ(scalars[i].gradient, variables[i].gradient);
    ASSERT_EQ(scalars[i].inputs.size(), variables[i].inputs.size());
    for (size_t k = 0; k < scalars[i].inputs.size(); ++k) {
      EXPECT_EQ(scalars[i].inputs[k].node, variables[i].inputs[k].node);
    }
  }
  EXPECT_EQ(scalars[0].gradient, 36);
  EXPECT_EQ(scalars[2].inputs[0].derivative, 5);  // of a b with respect to a
}

TEST(GraphPictureTest, TheDrawingSaysAllOfIt) {
  const std::string dot = ToDot(SmallPicture());
  EXPECT_THAT(dot, AllOf(HasSubstr("<i>x&lt;1&gt;</i> [2]"), HasSubstr("3.5 ± 0.5"), HasSubstr("|<i>d</i>| 1.41<")));
  EXPECT_THAT(dot, AllOf(HasSubstr("<b>multiply</b>"), HasSubstr("<i>d</i> 3.5<"), HasSubstr("rankdir=LR")));
  EXPECT_THAT(dot,
              AllOf(HasSubstr("n0 -> n2;"), HasSubstr("n1 -> n2;"), HasSubstr("n2 -> n3;"), Not(HasSubstr("x<1>"))));
}

// A value used twice has two arrows, and numbers tell each arrow's derivative.
TEST(GraphPictureTest, ArrowsBetweenNumbersTellTheDerivative) {
  Tape tape;
  const Scalar a = tape.Leaf(-3);
  EXPECT_THAT(ToDot(PictureOf(a * a, {}), {.downwards = true}),
              AllOf(HasSubstr("  n0 -> n1 [label=<&#160;\u22123>];\n  n0 -> n1 [label=<&#160;\u22123>];\n"),
                    HasSubstr("rankdir=TB"), HasSubstr("<td>9&#160; "), HasSubstr("<i>d</i> \u22126")));
  EXPECT_THAT(ToDot(PictureOf(a + 5, {})), HasSubstr("  n0 -> n1;\n"));  // 1 goes without saying
}

}  // namespace
}  // namespace dl
