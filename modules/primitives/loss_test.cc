#include "modules/primitives/loss.h"

#include <cmath>

#include "gtest/gtest.h"
#include "modules/primitives/reference/loss.h"
#include "modules/primitives/reorder.h"
#include "modules/primitives/testing.h"

namespace dl {
namespace {

using reference::Array;
using reference::FromTensor;
using testing::kF32Tolerance;
using testing::NumericalGradient;
using testing::RandomArray;
using testing::RandomTensor;
using testing::RelativeL2;

const std::vector<int32_t> kLabels = {3, 0, 9, 3, 7};
constexpr float kSmoothing = 0.2f;

Tensor Probabilities(Shape shape, uint64_t seed) { return Apply(Elementwise::kSigmoid, RandomTensor(std::move(shape), seed)); }

// -1 or 1.
Tensor Signs(Shape shape, uint64_t seed) {
  Tensor signs = RandomTensor(std::move(shape), seed);
  for (float *s = signs.mutable_data(), *end = s + signs.size(); s != end; ++s) *s = *s < 0 ? -1.0f : 1.0f;
  return signs;
}

Array<double> Value(double value) { return Array<double>({}, {value}); }

void ExpectEqual(const Loss& loss, const reference::Loss<double>& expected) {
  EXPECT_NEAR(loss.value, expected.value, kF32Tolerance * expected.value);
  EXPECT_LE(RelativeL2(loss.gradient, expected.gradient), kF32Tolerance);
}

TEST(LossTest, EachEqualsItsTwin) {
  const Tensor x = RandomTensor({5, 10}, 1), t = Probabilities({5, 10}, 2);
  const auto dx = FromTensor<double>(x), dt = FromTensor<double>(t);
  ExpectEqual(MeanSquaredError(x, t), reference::MeanSquaredError(dx, dt));
  ExpectEqual(CrossEntropy(x, kLabels), reference::CrossEntropy(dx, kLabels));
  ExpectEqual(CrossEntropy(x, kLabels, kSmoothing), reference::CrossEntropy<double>(dx, kLabels, kSmoothing));
  ExpectEqual(BinaryCrossEntropyWithLogits(x, t), reference::BinaryCrossEntropyWithLogits(dx, dt));
  const Tensor signs = Signs({5, 10}, 3);
  ExpectEqual(HingeLoss(x, signs), reference::HingeLoss(dx, FromTensor<double>(signs)));
  for (float delta : {0.5f, 1.0f}) ExpectEqual(HuberLoss(x, t, delta), reference::HuberLoss<double>(dx, dt, delta));
}

void ExpectExactly(const Loss& loss, const reference::Loss<double>& expected) {
  EXPECT_EQ(loss.value, expected.value);
  EXPECT_TRUE(testing::IsExactly(loss.gradient, expected.gradient));
}

TEST(LossTest, EachInF64IsTheTwin) {
  const Tensor x = testing::RandomF64Tensor({5, 10}, 1);
  const Tensor t = Apply(Elementwise::kSigmoid, testing::RandomF64Tensor({5, 10}, 2));
  const auto dx = FromTensor<double>(x), dt = FromTensor<double>(t);
  ExpectExactly(MeanSquaredError(x, t), reference::MeanSquaredError(dx, dt));
  ExpectExactly(CrossEntropy(x, kLabels), reference::CrossEntropy(dx, kLabels));
  ExpectExactly(CrossEntropy(x, kLabels, kSmoothing), reference::CrossEntropy<double>(dx, kLabels, kSmoothing));
  ExpectExactly(BinaryCrossEntropyWithLogits(x, t), reference::BinaryCrossEntropyWithLogits(dx, dt));
}

// Central differences in double, h = 1e-5: truncation and rounding are both about 1e-11 of the slope.
TEST(LossTest, EachTwinsGradientIsTheSlope) {
  const auto x = RandomArray({5, 10}, 1), t = FromTensor<double>(Probabilities({5, 10}, 2)), one = Value(1);
  const auto slope = [&](auto f) {
    return NumericalGradient([&](const Array<double>& v) { return Value(f(v).value); }, x, one);
  };
  EXPECT_LE(RelativeL2(reference::MeanSquaredError(x, t).gradient,
                       slope([&](const auto& v) { return reference::MeanSquaredError(v, t); })), 1e-7);
  EXPECT_LE(RelativeL2(reference::CrossEntropy(x, kLabels).gradient,
                       slope([&](const auto& v) { return reference::CrossEntropy(v, kLabels); })), 1e-7);
  EXPECT_LE(RelativeL2(reference::CrossEntropy<double>(x, kLabels, kSmoothing).gradient,
                       slope([&](const auto& v) { return reference::CrossEntropy<double>(v, kLabels, kSmoothing); })),
            1e-7);
  EXPECT_LE(RelativeL2(reference::BinaryCrossEntropyWithLogits(x, t).gradient,
                       slope([&](const auto& v) { return reference::BinaryCrossEntropyWithLogits(v, t); })), 1e-7);
  const auto signs = FromTensor<double>(Signs({5, 10}, 3));  // no element is within h of a kink
  EXPECT_LE(RelativeL2(reference::HingeLoss(x, signs).gradient,
                       slope([&](const auto& v) { return reference::HingeLoss(v, signs); })), 1e-7);
  for (double delta : {0.5, 1.0}) {
    EXPECT_LE(RelativeL2(reference::HuberLoss(x, t, delta).gradient,
                         slope([&](const auto& v) { return reference::HuberLoss(v, t, delta); })), 1e-7);
  }
}

TEST(LossTest, KnownValues) {
  EXPECT_FLOAT_EQ(CrossEntropy(Tensor::Zeros({4, 10}), std::vector<int32_t>{1, 2, 3, 4}).value, std::log(10.0f));
  EXPECT_FLOAT_EQ(BinaryCrossEntropyWithLogits(Tensor::Zeros({3}), Tensor::Full({3}, 1)).value, std::log(2.0f));
  EXPECT_FLOAT_EQ(MeanSquaredError(Tensor::Of({2}, {1, 2}), Tensor::Of({2}, {3, 2})).value, 2.0f);
  EXPECT_FLOAT_EQ(HingeLoss(Tensor::Of({4}, {3, 0.5f, -1, -3}), Tensor::Of({4}, {1, 1, 1, -1})).value, 2.5f / 4);
  EXPECT_FLOAT_EQ(HuberLoss(Tensor::Of({2}, {1, -3}), Tensor::Zeros({2}), 2).value, (0.5f + 4.0f) / 2);
}

// Of two classes with logits 0 and log 3, probabilities 1/4 and 3/4, the target smoothed by 0.2 is 0.9 and 0.1.
TEST(LossTest, SmoothingTakesFromTheLabelAndGivesToAll) {
  const Tensor logits = Tensor::Of({2, 2}, {0, std::log(3.0f), 0, std::log(3.0f)});
  const Loss loss = CrossEntropy(logits, std::vector<int32_t>{0, 0}, kSmoothing);
  EXPECT_NEAR(loss.value, -(0.9 * std::log(0.25) + 0.1 * std::log(0.75)), 1e-6);
  EXPECT_NEAR(loss.gradient.data()[2], (0.25 - 0.9) / 2, 1e-6);
  EXPECT_NEAR(loss.gradient.data()[3], (0.75 - 0.1) / 2, 1e-6);
}

TEST(LossTest, SlopesAtTheKinksAreThoseOfTheDocumentation) {
  const Loss hinge = HingeLoss(Tensor::Of({2}, {1, -1}), Tensor::Of({2}, {1, -1}));
  EXPECT_EQ(hinge.gradient.data()[0], 0.0f);
  EXPECT_EQ(hinge.gradient.data()[1], 0.0f);
  const Loss huber = HuberLoss(Tensor::Of({2}, {2, -2}), Tensor::Zeros({2}), 2);
  EXPECT_EQ(huber.gradient.data()[0], 1.0f);
  EXPECT_EQ(huber.gradient.data()[1], -1.0f);
}

TEST(LossTest, LargeLogitsNeitherOverflowNorVanish) {
  for (const DType dtype : {DType::kF32, DType::kF64}) {
    SCOPED_TRACE(ToString(dtype));
    const Tensor scores = Cast(Tensor::Of({1, 2}, {1e4f, -1e4f}), dtype), ones = Cast(Tensor::Of({2}, {1, 1}), dtype);
    EXPECT_EQ(CrossEntropy(scores, std::vector<int32_t>{0}).value, 0.0f);
    const Loss wrong = CrossEntropy(scores, std::vector<int32_t>{1});
    EXPECT_FLOAT_EQ(wrong.value, 2e4f);
    EXPECT_FLOAT_EQ(FromTensor<double>(wrong.gradient).values[0], 1.0f);
    const Loss binary = BinaryCrossEntropyWithLogits(Cast(Tensor::Of({2}, {-1e4f, 1e4f}), dtype), ones);
    EXPECT_FLOAT_EQ(binary.value, 5e3f);
    EXPECT_FLOAT_EQ(FromTensor<double>(binary.gradient).values[0], -0.5f);
  }
}

TEST(LossDeathTest, NamesShapesAndLabels) {
  EXPECT_DEATH(MeanSquaredError(Tensor::Zeros({2}), Tensor::Zeros({3})), "prediction is \\[2\\], the target is \\[3\\]");
  EXPECT_DEATH(MeanSquaredError(Tensor::Zeros({2}, DType::kF64), Tensor::Zeros({2})), "operands are f64 and f32");
  EXPECT_DEATH(CrossEntropy(Tensor::Zeros({2, 10}), std::vector<int32_t>{1}), "\\[2, 10\\], there are 1 labels");
  EXPECT_DEATH(CrossEntropy(Tensor::Zeros({1, 10}), std::vector<int32_t>{10}), "label 10 of row 0");
  EXPECT_DEATH(CrossEntropy(Tensor::Zeros({1, 2}), std::vector<int32_t>{1}, 1.5f), "smoothing is 1.5");
  EXPECT_DEATH(HingeLoss(Tensor::Zeros({1}), Tensor::Zeros({1})), "a target is 0; it must be -1 or 1");
  EXPECT_DEATH(HuberLoss(Tensor::Zeros({1}), Tensor::Zeros({1}), 0), "delta is 0; it must be positive");
}

}  // namespace
}  // namespace dl
