#include "modules/training/classifier.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "modules/backprop/gradients.h"
#include "modules/backprop/ops.h"
#include "modules/base/check.h"
#include "modules/base/file.h"
#include "modules/optimizers/weight_average.h"
#include "modules/primitives/finite.h"
#include "modules/primitives/reduction.h"
#include "modules/primitives/reorder.h"
#include "modules/training/checkpoint.h"
#include "modules/training/divergence.h"
#include "modules/training/interrupt.h"

namespace dl {
namespace {

constexpr int64_t kEvaluationBatch = 256;

// Nats. Guessing among K classes costs log K, a bad start some hundreds: from here nothing comes back. The loss need
// not become NaN on the way, for rectifiers that die leave a network that is constant, and finite.
constexpr double kDiverged = 1e6;

Variable LossOf(const ClassifierLoss& loss_of, const Variable& logits, const Batch& batch) {
  const Variable loss = loss_of(logits, batch.labels);
  if (batch.mixed_labels.empty()) return loss;
  const auto share = [&](double part) { return Variable(Tensor::Scalar(part, loss.value().dtype())); };
  return loss * share(1.0 - batch.mixed_share) + loss_of(logits, batch.mixed_labels) * share(batch.mixed_share);
}

// Every step looks at every gradient, not at the loss alone, since a parameter that has become NaN is lost. That reads
// each gradient once more, four bytes for some hundreds of operations that made them.
bool AllFinite(const std::vector<Tensor>& tensors) {
  return std::all_of(tensors.begin(), tensors.end(), [](const Tensor& tensor) { return AllFinite(tensor); });
}

}  // namespace

// [training_step]
TrainingStep TrainStep(Layer& model, Optimizer& optimizer, const ClassifierLoss& loss_of, const Batch& batch,
                       Random& random) {
  TrainingStep step;
  step.made = optimizer.StepWith([&]() -> std::optional<std::vector<Tensor>> {
    const Variable logits = model.Forward(batch.inputs, {.training = true, .random = &random});
    const Variable loss = LossOf(loss_of, logits, batch);
    step.loss = loss.value().item();
    step.correct = CountCorrect(logits.value(), batch.labels);
    if (HasDiverged(step.loss)) return std::nullopt;
    std::vector<Tensor> gradients = Gradients(loss, optimizer.parameters());
    if (!AllFinite(gradients)) return std::nullopt;
    return gradients;
  });
  return step;
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
                    const EvaluationOptions& options) {
  EpochMean mean;
  const auto batches =
      Batches::InOrder(dataset, {.batch_size = kEvaluationBatch, .drop_last = false, .normalization = normalization});
  for (const Batch& batch : batches) {
    const Variable logits = model.Forward(AsInput(batch.inputs, options.precision), {});
    mean.Add(options.loss(logits, batch.labels).value().item(), CountCorrect(logits.value(), batch.labels),
             static_cast<int64_t>(batch.labels.size()));
  }
  return mean.mean();
}

namespace {

// One run of TrainClassifier. Where it stands is `at_`, but for its state, which the model, the optimizer and the
// average hold themselves.
class Training {
 public:
  Training(Layer& model, Optimizer& optimizer, const TrainTest& data, const TrainOptions& options, Progress& progress)
      : model_(model), optimizer_(optimizer), data_(data), options_(options), progress_(progress) {
    at_.settings = options.checkpoint.settings;
    at_.random = Random(options.seed);
    if (options.normalize) normalization_ = ChannelNormalization(data.train);
    if (options.average_decay > 0) average_.emplace(Variables(model), options.average_decay);
  }

  absl::StatusOr<std::vector<EpochMetrics>> Run() {
    if (absl::Status status = Prepare(); !status.ok()) return status;
    const int64_t steps = data_.train.size() / options_.batch_size;
    progress_.Begin(options_.name, options_.epochs, options_.epochs * steps, at_.epoch * steps + at_.batch);
    while (at_.epoch < options_.epochs) {
      if (absl::Status status = TrainEpoch(); !status.ok()) return status;
      if (absl::Status status = FinishEpoch(); !status.ok()) return status;
    }
    if (average_) average_->Swap();
    return std::move(at_.epochs);
  }

 private:
  Batches EpochBatches(int64_t epoch) const {
    const BatchOptions batching = {.batch_size = options_.batch_size,
                                   .drop_last = true,
                                   .normalization = normalization_,
                                   .augmentation = options_.augmentation,
                                   .epoch = epoch};
    return Batches::Shuffled(data_.train, batching, at_.random.Split(1).Split(epoch));
  }

  // As the model reads it.
  Batch InPrecision(Batch batch) const {
    batch.inputs = AsInput(batch.inputs, options_.precision);
    return batch;
  }

  // For dropout, in the step at hand.
  Random Noise() const { return at_.random.Split(2).Split(at_.epoch).Split(at_.batch); }

  absl::Status TrainEpoch() {
    const Batches batches = EpochBatches(at_.epoch);
    for (const Batch& made : batches.From(at_.batch)) {
      const Batch batch = InPrecision(made);
      Random noise = Noise();
      const TrainingStep step = TrainStep(model_, optimizer_, options_.loss, batch, noise);
      if (!step.made) return Diverged(step.loss, batch);
      if (average_) average_->Update();
      at_.mean.Add(step.loss, step.correct, options_.batch_size);
      ++at_.batch;
      if (absl::Status status = CheckInterrupt(); !status.ok()) return Interrupted(status);
      progress_.Step(options_.batch_size, at_.mean.mean().loss, at_.mean.mean().accuracy);
    }
    return absl::OkStatus();
  }

  absl::Status FinishEpoch() {
    if (average_) average_->Swap();
    const Evaluation test =
        Evaluate(model_, data_.test, normalization_, {.loss = options_.loss, .precision = options_.precision});
    const bool best = std::none_of(at_.epochs.begin(), at_.epochs.end(),
                                   [&](const EpochMetrics& earlier) { return earlier.test.accuracy >= test.accuracy; });
    at_.epochs.push_back({at_.epoch + 1, at_.mean.mean(), test});
    const EpochMetrics& epoch = at_.epochs.back();
    progress_.Epoch(at_.epoch, epoch.train.loss, epoch.train.accuracy, test.accuracy);
    if (options_.after_epoch) options_.after_epoch(epoch);
    if (average_) average_->Swap();
    ++at_.epoch;
    at_.batch = 0;
    at_.mean = {};
    if (options_.checkpoint.folder.empty()) return absl::OkStatus();
    if (best) {
      if (absl::Status status = Save("best"); !status.ok()) return status;
    }
    return Save("last");
  }

  // Before the first step: nobody wants to hear after an hour that a checkpoint has nowhere to go.
  absl::Status Prepare() {
    const CheckpointOptions& checkpoint = options_.checkpoint;
    if (checkpoint.folder.empty()) return absl::OkStatus();
    if (checkpoint.resume) return Resume();
    return MakeFolder(checkpoint.folder);
  }

  std::string Path(const std::string& name) const {
    return absl::StrCat(options_.checkpoint.folder, "/", name, ".safetensors");
  }

  absl::Status Save(const std::string& name) {
    Checkpoint checkpoint = at_;
    ModelState weights(model_);
    AddState("model.", weights, checkpoint.state);
    AddState("optimizer.", optimizer_, checkpoint.state);
    if (average_) AddState("average.", *average_, checkpoint.state);
    const absl::Status status = WriteCheckpoint(Path(name), checkpoint);
    if (status.ok()) return status;
    return absl::Status(status.code(),
                        absl::StrCat(std::string(status.message()), "; what was saved before is kept", GoOn()));
  }

  std::string GoOn() const {
    const std::string& command = options_.checkpoint.resume_command;
    return command.empty() ? "" : absl::StrCat("; go on with: ", command);
  }

  // Everything as it was when the checkpoint was written. Some results depend, in their last bits, on the memory order
  // of the weights. The run that stopped had the order of its gradients: those are asked for, on any batch and at any
  // weights, before the state is set.
  absl::Status Resume() {
    const std::string path = Path("last");
    absl::StatusOr<Checkpoint> checkpoint = ReadCheckpoint(path);
    if (!checkpoint.ok()) return checkpoint.status();
    absl::Status status = CheckSettings(path, checkpoint->settings, at_.settings);
    if (!status.ok()) return status;
    const Batches batches = EpochBatches(0);
    const Batch batch = InPrecision(batches[0]);
    Random noise = Noise();
    const Variable logits = model_.Forward(batch.inputs, {.training = true, .random = &noise});
    optimizer_.AdoptLayouts(Gradients(LossOf(options_.loss, logits, batch), optimizer_.parameters()));
    const State state = std::exchange(checkpoint->state, {});
    at_ = *std::move(checkpoint);
    ModelState weights(model_);
    status.Update(SetState("model.", state, weights));
    status.Update(SetState("optimizer.", state, optimizer_));
    if (average_) status.Update(SetState("average.", state, *average_));
    if (at_.batch > batches.size()) {
      status.Update(absl::FailedPreconditionError(
          absl::StrCat("it stands at batch ", at_.batch, " of an epoch of ", batches.size())));
    }
    if (status.ok()) return status;
    return absl::FailedPreconditionError(absl::StrCat("cannot go on from ", path, ": ", std::string(status.message())));
  }

  std::string Position() const { return absl::StrCat("step ", at_.batch, " of epoch ", at_.epoch + 1); }

  absl::Status Interrupted(const absl::Status& status) {
    if (options_.checkpoint.folder.empty()) return status;
    if (absl::Status saved = Save("last"); !saved.ok()) return saved;
    return absl::CancelledError(absl::StrCat("interrupted after ", Position(), "; saved as ", Path("last"), GoOn()));
  }

  absl::Status Diverged(double loss, const Batch& batch) {
    const std::string where = FirstNotFinite(
        model_, batch.inputs, [&](const Variable& y) { return LossOf(options_.loss, y, batch); },
        optimizer_.parameters(), Noise());
    ++at_.batch;
    return absl::AbortedError(absl::StrCat(options_.name, ": the loss is ", loss, " at ", Position(),
                                           where.empty() ? "" : ": ", where, "; a smaller learning rate may help"));
  }

  Layer& model_;
  Optimizer& optimizer_;
  const TrainTest& data_;
  const TrainOptions& options_;
  Progress& progress_;
  Checkpoint at_;
  Normalization normalization_;
  std::optional<WeightAverage> average_;
};

}  // namespace

absl::StatusOr<std::vector<EpochMetrics>> TrainClassifier(Layer& model, Optimizer& optimizer, const TrainTest& data,
                                                          const TrainOptions& options, Progress& progress) {
  if (options.batch_size < 1 || options.batch_size > data.train.size() || options.epochs < 1) {
    return absl::InvalidArgumentError(
        absl::StrCat("cannot train ", options.epochs, " epochs with batches of ", options.batch_size, " on ",
                     data.train.size(), " examples: --epochs wants 1 or more, --batch_size 1 to ", data.train.size()));
  }
  return Training(model, optimizer, data, options, progress).Run();
}

}  // namespace dl
