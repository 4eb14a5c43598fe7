#include "modules/backprop/scalar.h"

#include "gtest/gtest.h"
#include "modules/backprop/scalar_ops.h"

namespace dl {
namespace {

// micrograd's README expression and its printed values, four decimals of them.
TEST(ScalarTest, ReproducesMicrogradsExample) {
  Tape tape;
  const Scalar a = tape.Leaf(-4), b = tape.Leaf(2);
  Scalar c = a + b;
  Scalar d = a * b + Pow(b, 3);
  c += c + 1;
  c += 1 + c + (-a);
  d += d * 2 + Relu(b + a);
  d += 3 * d + Relu(b - a);
  const Scalar e = c - d;
  const Scalar f = Pow(e, 2);
  Scalar g = f / 2.0;
  g += 10.0 / f;
  EXPECT_NEAR(g.value(), 24.7041, 5e-5);
  const ScalarGradients gradients = tape.Gradients(g);
  EXPECT_NEAR(gradients[a], 138.8338, 5e-5);
  EXPECT_NEAR(gradients[b], 645.5773, 5e-5);
}

TEST(ScalarTest, SharedSubexpressionsAddUpAndAreWalkedOnce) {
  // x doubles 60 times over a graph that has 2^60 paths.
  Tape tape;
  const Scalar a = tape.Leaf(3);
  Scalar x = a;
  for (int i = 0; i < 60; ++i) x += x;
  EXPECT_EQ(tape.Gradients(x)[a], 0x1p60);
}

TEST(ScalarTest, GradientsReachEveryNode) {
  Tape tape;
  const Scalar a = tape.Leaf(3), unused = tape.Leaf(1);
  const Scalar b = a * a, loss = b * b, later = loss + unused;
  for (int call = 0; call < 2; ++call) {  // pure: the same twice
    const ScalarGradients gradients = tape.Gradients(loss);
    EXPECT_EQ(gradients[a], 108);
    EXPECT_EQ(gradients[b], 18);
    EXPECT_EQ(gradients[loss], 1);
    EXPECT_EQ(gradients[unused], 0);
    EXPECT_EQ(gradients[later], 0);
  }
}

TEST(ScalarTest, WhatTheLossDoesNotDependOnCannotSpoilIt) {
  Tape tape;
  const Scalar x = tape.Leaf(0);
  Log(x);  // minus infinity, and so is its slope
  EXPECT_EQ(tape.Gradients(2 * x)[x], 2);
}

TEST(ScalarTest, AChainOfAMillionNodes) {
  constexpr int kLength = 1000000;
  Tape tape;
  const Scalar a = tape.Leaf(1);
  Scalar x = a;
  double expected = 1;
  for (int i = 0; i < kLength; ++i) {
    x = 0.999999 * x;
    expected *= 0.999999;
  }
  EXPECT_EQ(tape.size(), kLength + 1u);
  EXPECT_EQ(x.value(), expected);
  EXPECT_EQ(tape.Gradients(x)[a], expected);  // the same products, from the other end
}

TEST(ScalarTest, RewindKeepsTheParametersAndTheMemory) {
  Tape tape;
  const Scalar w = tape.Leaf(3);
  const size_t parameters = tape.size();
  const auto step = [&] { return tape.Gradients(w * w + w)[w]; };
  EXPECT_EQ(step(), 7);
  const Tape::Node* memory = tape.nodes().data();
  const size_t nodes = tape.size();
  for (double value : {3.0, 5.0}) {
    tape.Rewind(parameters);
    EXPECT_EQ(tape.size(), parameters);
    tape.set_value(w, value);
    EXPECT_EQ(step(), 2 * value + 1);
    EXPECT_EQ(tape.nodes().data(), memory);
    EXPECT_EQ(tape.size(), nodes);
  }
}

TEST(ScalarTest, ANodeTellsHowItWasMade) {
  Tape tape;
  const Scalar a = tape.Leaf(3), b = tape.Leaf(4);
  const Tape::Node product = tape.nodes()[(a * b).index()], sum = tape.nodes()[(b + 1).index()];
  EXPECT_STREQ(product.op, "multiply");
  EXPECT_EQ(product.value, 12);
  EXPECT_EQ(product.a.input, a.index());
  EXPECT_EQ(product.a.derivative, 4);
  EXPECT_EQ(product.b.input, b.index());
  EXPECT_EQ(product.b.derivative, 3);
  EXPECT_STREQ(sum.op, "add");
  EXPECT_EQ(sum.a.input, b.index());
  EXPECT_EQ(sum.b.input, Tape::kNone);
  EXPECT_STREQ(tape.nodes()[a.index()].op, "");
}

TEST(ScalarDeathTest, MistakesStopTheProgram) {
  Tape tape, other;
  const Scalar x = tape.Leaf(1), y = other.Leaf(2), sum = x + x;
  EXPECT_DEATH(x + y, "add: the two numbers are on different tapes");
  EXPECT_DEATH(other.Gradients(x), "the loss is not on this tape");
  EXPECT_DEATH(tape.set_value(sum, 1), "the result of add; only a leaf is set");
  EXPECT_DEATH(tape.Rewind(3), "to 3 nodes; there are 2");
  tape.Rewind(1);
  EXPECT_DEATH(tape.Gradients(sum), "the loss is not on this tape");
}

}  // namespace
}  // namespace dl
