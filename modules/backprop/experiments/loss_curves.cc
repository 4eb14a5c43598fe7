#include "modules/backprop/experiments/loss_curves.h"

#include <algorithm>
#include <functional>
#include <string>

#include "modules/backprop/gradients.h"
#include "modules/backprop/losses.h"
#include "modules/backprop/ops.h"

namespace dl {
namespace {

constexpr int kSteps = 200;  // of a curve on [-5, 5]
constexpr int64_t kClasses = 10;
constexpr float kFar = 30;

// A loss of x, shape [1, 1].
struct LossOfX {
  const char* name;
  const char* argument;
  std::function<Variable(const Variable& x)> loss;
};

Tensor One() { return Tensor::Full({1, 1}, 1); }

Variable TenClassCrossEntropy(const Variable& margin) {
  return CrossEntropy(Concat({margin, Tensor::Zeros({1, kClasses - 1})}, 1), {0});
}

const std::vector<LossOfX>& LossesOfX() {
  static const auto* losses = new std::vector<LossOfX>{
      {"squared error", "residual",
       [](const Variable& x) {
         return MeanSquaredError(x, Tensor::Zeros({1, 1}));
       }},
      {"Huber", "residual",
       [](const Variable& x) {
         return HuberLoss(x, Tensor::Zeros({1, 1}));
       }},
      {"hinge", "margin", [](const Variable& x) { return HingeLoss(x, One()); }},
      {"binary cross-entropy", "margin", [](const Variable& x) { return BinaryCrossEntropyWithLogits(x, One()); }},
      {"cross-entropy (10 classes)", "margin", TenClassCrossEntropy},
      {"squared error of a sigmoid", "margin", [](const Variable& x) { return SigmoidSquaredError(x, {0}); }},
  };
  return *losses;
}

struct Point {
  double value, slope;
};

Point At(const LossOfX& f, float at) {
  const Variable x = Tensor::Full({1, 1}, at);
  const Variable loss = f.loss(x);
  return {loss.value().item(), Gradients(loss, {x})[0].item()};
}

struct Start {
  const char* name;
  float w, b;
  const char* published;  // Nielsen's last output by the squared error
};

struct NeuronState {
  double output, value, output_slope, sigmoid_slope;
};

// One epoch: what the neuron says before it, and the step.
NeuronState Step(const std::string& cost, double learning_rate, Variable& w, Variable& b) {
  const Tensor input = One(), target = Tensor::Zeros({1, 1});
  const Variable z = Affine(input, w, b);
  const Variable a = Apply(Elementwise::kSigmoid, z);
  const Variable loss = cost == "cross-entropy" ? BinaryCrossEntropyWithLogits(z, target)
                                                : MeanSquaredError(a, target) * Variable(Tensor::Scalar(0.5f));
  const std::vector<Tensor> gradients = Gradients(loss, {w, b, z});
  const double output = a.value().item();
  const NeuronState state = {output, loss.value().item(), gradients[2].item(), output * (1 - output)};
  AddTo(w.mutable_value(), Scale(gradients[0], static_cast<float>(-learning_rate)));
  AddTo(b.mutable_value(), Scale(gradients[1], static_cast<float>(-learning_rate)));
  return state;
}

}  // namespace

LossCurves DrawLosses() {
  LossCurves tables = {
      Table({"loss", "argument", "x", "value", "slope"}),
      Table({"loss", "argument", "lowest_value", "highest_value", "lowest_slope", "highest_slope", "slope_far_wrong"})};
  for (const LossOfX& f : LossesOfX()) {
    std::vector<double> values, slopes;
    for (int i = 0; i <= kSteps; ++i) {
      const float x = static_cast<float>(i - kSteps / 2) / 20.0f;
      const Point point = At(f, x);
      tables.curves.AddRow({f.name, f.argument, x, point.value, point.slope});
      values.push_back(point.value);
      slopes.push_back(point.slope);
    }
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    const auto [least, most] = std::minmax_element(slopes.begin(), slopes.end());
    tables.ranges.AddRow({f.name, f.argument, *low, *high, *least, *most, At(f, -kFar).slope});
  }
  return tables;
}

NeuronTables TrainNeurons() {
  constexpr int kEpochs = 300;
  const std::pair<const char*, double> costs[] = {{"squared error", 0.15}, {"cross-entropy", 0.005}};
  const Start starts[] = {{"w = 0.6, b = 0.9", 0.6f, 0.9f, "0.09"}, {"w = 2, b = 2", 2, 2, "0.2"}};
  NeuronTables tables = {Table({"cost", "start", "epoch", "output", "value", "output_slope", "sigmoid_slope"}),
                         Table({"cost", "start", "learning_rate", "epochs", "first_output", "first_output_slope",
                                "first_sigmoid_slope", "epochs_to_half", "last_output", "published_last_output"})};
  for (const auto& [cost, learning_rate] : costs) {
    for (const Start& start : starts) {
      Variable w = Tensor::Full({1, 1}, start.w), b = Tensor::Full({1}, start.b);
      NeuronState first = {}, state = {};
      Cell half = "not reached";
      bool above = true;
      for (int epoch = 0; epoch <= kEpochs; ++epoch) {
        state = Step(cost, learning_rate, w, b);
        if (epoch == 0) first = state;
        if (above && state.output <= 0.5) half = epoch;
        above = above && state.output > 0.5;
        tables.epochs.AddRow(
            {cost, start.name, epoch, state.output, state.value, state.output_slope, state.sigmoid_slope});
      }
      const bool is_published = std::string(cost) == "squared error";
      tables.summary.AddRow({cost, start.name, learning_rate, kEpochs, first.output, first.output_slope,
                             first.sigmoid_slope, half, state.output, is_published ? start.published : ""});
    }
  }
  return tables;
}

}  // namespace dl
