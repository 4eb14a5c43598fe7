#include "modules/cnn/commands/training_setup.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "datasets/batches.h"
#include "modules/cnn/fast_cifar.h"
#include "modules/cnn/network_by_name.h"
#include "modules/optimizers/optimizer_by_name.h"
#include "modules/training/fast_cifar_recipe.h"

namespace dl {
namespace {

constexpr char kFastCifar[] = "fast-cifar";

std::vector<Variable> LearnedBy(const TrainSettings& settings, const Layer& net) {
  if (settings.model != kFastCifar) return Variables(net);
  const FastCifarParameters parts = FastCifarParametersOf(net);
  std::vector<Variable> learned = parts.others;
  for (const auto& more : {parts.shifts, parts.whitening_bias}) learned.insert(learned.end(), more.begin(), more.end());
  return learned;
}

}  // namespace

absl::StatusOr<Sequential> NetworkOf(const TrainSettings& settings, const Dataset& train,
                                     const Normalization& normalization) {
  constexpr int64_t kLookedAt = 5000;  // examples, by the network that starts from them
  NetworkTask task = {.image = train.example_shape, .classes = train.num_classes()};
  if (settings.model == kFastCifar && train.example_shape.size() == 3) {
    const Dataset some = FirstExamples(train, std::min(kLookedAt, train.size()));
    task.examples = Batches::InOrder(some, {.batch_size = some.size(), .normalization = normalization})[0].inputs;
  }
  Random random(settings.seed);
  return NetworkByName(settings.model, task, random);
}

absl::StatusOr<std::unique_ptr<Optimizer>> OptimizerOf(const TrainSettings& s, const Layer& net, int64_t train_size) {
  if (s.optimizer == kRecipe) {
    return MakeFastCifarRecipe(net, {.epochs = static_cast<double>(s.epochs),
                                     .batch_size = s.batch_size,
                                     .train_size = train_size,
                                     .rate = s.rate,
                                     .weight_decay = s.weight_decay})
        .optimizer;
  }
  const absl::StatusOr<std::string> name = OptimizerWithDecay(s);
  if (!name.ok()) return name.status();
  const absl::StatusOr<NamedOptimizer> optimizer = ParseOptimizer(*name);
  if (!optimizer.ok()) return optimizer.status();
  const absl::StatusOr<Schedule> schedule = ParseSchedule(s.schedule, s.rate, s.epochs * (train_size / s.batch_size));
  if (!schedule.ok()) return schedule.status();
  return optimizer->make(LearnedBy(s, net), *schedule);
}

TrainOptions TrainOptionsOf(const TrainSettings& s) {
  TrainOptions options = {.name = s.model,
                          .epochs = s.epochs,
                          .batch_size = s.batch_size,
                          .seed = s.seed,
                          .augmentation = *ParseAugmentation(s.augment),
                          .normalize = s.normalize,
                          .precision = PrecisionOf(s),
                          .average_decay = s.average_decay};
  if (s.smoothing > 0) {
    options.loss = [part = static_cast<float>(s.smoothing)](const Variable& logits, absl::Span<const int32_t> labels) {
      return SmoothedCrossEntropy(logits, labels, part);
    };
  }
  return options;
}

}  // namespace dl
