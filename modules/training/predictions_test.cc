#include "modules/training/predictions.h"

#include <cmath>
#include <limits>

#include "gtest/gtest.h"
#include "modules/base/check.h"
#include "modules/primitives/reorder.h"

namespace dl {
namespace {

// `count` points (i, 0), of class 1, which are their own logits.
Dataset Points(int64_t count) {
  Dataset set{"points", {2}, std::vector<float>(2 * count), std::vector<int32_t>(count, 1), {"a", "b"}};
  for (int64_t i = 0; i < count; ++i) std::get<1>(set.values)[2 * i] = static_cast<float>(i);
  return set;
}

Tensor Same(const Tensor& inputs) { return inputs; }

TEST(PredictTest, GivesTheSoftmaxOfEveryExampleInOrder) {
  const Predictions predictions = Predict(Same, Points(600), {.mean = {10, 0}, .deviation = {5, 1}}).value();
  EXPECT_EQ(predictions.size(), 600);
  EXPECT_EQ(predictions.class_names, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(predictions.labels, std::vector<int32_t>(600, 1));
  for (int64_t i : {0, 10, 15, 255, 256, 599}) {
    const double p = 1 / (1 + std::exp(-(static_cast<double>(i) - 10) / 5));
    EXPECT_NEAR(predictions.row(i)[0], p, 1e-6) << i;
    EXPECT_NEAR(predictions.row(i)[1], 1 - p, 1e-6) << i;
  }
}

TEST(PredictTest, TakesLogitsOfOtherTypes) {
  const auto logits = [](const Tensor& inputs) { return Cast(inputs, DType::kBF16); };
  EXPECT_NEAR(Predict(logits, Points(2), {})->row(1)[0], 1 / (1 + std::exp(-1.0)), 1e-6);
}

TEST(PredictTest, AModelEvaluates) {
  class Echo : public Layer {
    Variable Forward(const Variable& x, const Pass& pass) override {
      DL_CHECK(!pass.training) << "Echo: in training";
      return x;
    }
  };
  Echo model;
  EXPECT_NEAR(Predict(model, Points(2), {})->row(1)[0], 1 / (1 + std::exp(-1.0)), 1e-6);
}

TEST(PredictTest, NoExamplesGiveNoPredictions) {
  const Predictions predictions = Predict(Same, Points(0), {}).value();
  EXPECT_EQ(predictions.probabilities.shape(), Shape({0, 2}));
  EXPECT_TRUE(PredictedClasses(predictions).empty());
}

TEST(PredictTest, ANetworkOfNoNumbersIsNamed) {
  Dataset set = Points(300);
  std::get<1>(set.values)[2 * 260 + 1] = std::numeric_limits<float>::infinity();
  const absl::Status status = Predict(Same, set, {}).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kAborted);
  EXPECT_EQ(status.message(),
            "the network answers example 260 with inf: its weights are useless; train again with a smaller "
            "--learning_rate");
}

TEST(PredictedClassesTest, IsTheFirstOfTheLikeliest) {
  const Predictions predictions{
      Tensor::Of({3, 3}, {0.2f, 0.3f, 0.5f, 0.4f, 0.2f, 0.4f, 0.25f, 0.375f, 0.375f}), {0, 0, 0}, {"a", "b", "c"}};
  EXPECT_EQ(PredictedClasses(predictions), (std::vector<int64_t>{2, 0, 1}));
}

TEST(PredictionsDeathTest, BrokenPromisesAreNamed) {
  const std::vector<std::string> names = {"a", "b"};
  EXPECT_DEATH(PredictedClasses({Tensor::Zeros({2, 3}), {0, 1}, names}), "\\[2, 3\\], there are 2 labels and 2 class");
  EXPECT_DEATH(PredictedClasses({Tensor::Zeros({1, 2}), {2}, names}), "label 2 of 2 classes");
  EXPECT_DEATH(PredictedClasses({Tensor::Of({1, 2}, {1.5f, -0.5f}), {1}, names}), "1.5 is no probability");
  EXPECT_DEATH(PredictedClasses({Tensor::Of({1, 2}, {NAN, 0}), {1}, names}), "nan is no probability");
  EXPECT_DEATH(Predict(
                   [](const Tensor&) {
                     return Tensor::Zeros({2, 3});
                   },
                   Points(2), {})
                   .IgnoreError(),
               "logits are \\[2, 3\\] for 2 examples of 2 classes");
}

}  // namespace
}  // namespace dl
