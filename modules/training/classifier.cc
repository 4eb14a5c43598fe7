#include "modules/training/classifier.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "modules/backprop/gradients.h"
#include "modules/base/check.h"
#include "modules/primitives/reduction.h"
#include "modules/training/interrupt.h"

namespace dl {
namespace {

constexpr int64_t kEvaluationBatch = 256;

// Nats. Guessing among K classes costs log K, a bad start some hundreds: from here nothing comes back. The loss need
// not become NaN on the way, for rectifiers that die leave a network that is constant, and finite.
constexpr double kDiverged = 1e6;

// Sums what batches say, weighted by their examples.
class RunningMean {
 public:
  void Add(double loss, int64_t correct, int64_t examples) {
    loss_ += loss * static_cast<double>(examples);
    correct_ += correct;
    examples_ += examples;
  }
  Evaluation mean() const {
    const double n = static_cast<double>(std::max<int64_t>(examples_, 1));
    return {loss_ / n, static_cast<double>(correct_) / n};
  }

 private:
  double loss_ = 0;
  int64_t correct_ = 0, examples_ = 0;
};

}  // namespace

// [training_step]
std::pair<double, int64_t> TrainStep(Layer& model, Optimizer& optimizer, const ClassifierLoss& loss_of,
                                     const Batch& batch, Random& random) {
  std::pair<double, int64_t> seen;
  optimizer.StepWith([&] {
    const Variable logits = model.Forward(batch.inputs, {.training = true, .random = &random});
    const Variable loss = loss_of(logits, batch.labels);
    seen = {loss.value().item(), CountCorrect(logits.value(), batch.labels)};
    return Gradients(loss, optimizer.parameters());
  });
  return seen;
}
// [/training_step]

bool HasDiverged(double loss) { return !(loss < kDiverged); }

int64_t CountCorrect(const Tensor& logits, absl::Span<const int32_t> labels) {
  const std::vector<int64_t> largest = ArgMax(logits);
  DL_CHECK(largest.size() == labels.size())
      << "CountCorrect: logits are " << ToString(logits.shape()) << ", there are " << labels.size() << " labels";
  int64_t correct = 0;
  for (size_t i = 0; i < labels.size(); ++i) correct += largest[i] == labels[i];
  return correct;
}

Evaluation Evaluate(Layer& model, const Dataset& dataset, const Normalization& normalization,
                    const ClassifierLoss& loss) {
  RunningMean mean;
  const auto batches =
      Batches::InOrder(dataset, {.batch_size = kEvaluationBatch, .drop_last = false, .normalization = normalization});
  for (const Batch& batch : batches) {
    const Variable logits = model.Forward(batch.inputs, {});
    mean.Add(loss(logits, batch.labels).value().item(), CountCorrect(logits.value(), batch.labels),
             static_cast<int64_t>(batch.labels.size()));
  }
  return mean.mean();
}

absl::StatusOr<std::vector<EpochMetrics>> TrainClassifier(Layer& model, Optimizer& optimizer, const TrainTest& data,
                                                          const TrainOptions& options, Progress& progress) {
  if (options.batch_size < 1 || options.batch_size > data.train.size() || options.epochs < 1) {
    return absl::InvalidArgumentError(
        absl::StrCat("cannot train ", options.epochs, " epochs with batches of ", options.batch_size, " on ",
                     data.train.size(), " examples: --epochs wants 1 or more, --batch_size 1 to ", data.train.size()));
  }
  const Random random(options.seed);
  const Random order = random.Split(1);  // of the examples, one generator an epoch
  Random noise = random.Split(2);        // for dropout
  const Normalization normalization = options.normalize ? ChannelNormalization(data.train) : Normalization();
  const BatchOptions batching = {.batch_size = options.batch_size, .drop_last = true, .normalization = normalization};
  progress.Begin(options.name, options.epochs, options.epochs * (data.train.size() / options.batch_size));
  std::vector<EpochMetrics> metrics;
  for (int64_t epoch = 0; epoch < options.epochs; ++epoch) {
    RunningMean mean;
    const int64_t steps_before = optimizer.step();
    for (const Batch& batch : Batches::Shuffled(data.train, batching, order.Split(epoch))) {
      const auto [loss, correct] = TrainStep(model, optimizer, options.loss, batch, noise);
      if (HasDiverged(loss)) {
        return absl::AbortedError(absl::StrCat(options.name, ": the loss is ", loss, " at step ",
                                               optimizer.step() - steps_before, " of epoch ", epoch + 1,
                                               "; a smaller learning rate may help"));
      }
      if (absl::Status status = CheckInterrupt(); !status.ok()) return status;
      mean.Add(loss, correct, options.batch_size);
      progress.Step(options.batch_size, mean.mean().loss, mean.mean().accuracy);
    }
    metrics.push_back({epoch + 1, mean.mean(), Evaluate(model, data.test, normalization, options.loss)});
    progress.Epoch(epoch, metrics.back().train.loss, metrics.back().train.accuracy, metrics.back().test.accuracy);
    if (options.after_epoch) options.after_epoch(metrics.back());
  }
  return metrics;
}

}  // namespace dl
