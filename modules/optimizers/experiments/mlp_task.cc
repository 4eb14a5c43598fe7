#include "modules/optimizers/experiments/mlp_task.h"

#include "datasets/catalog.h"
#include "modules/backprop/mlp.h"
#include "modules/training/flag_checks.h"

namespace dl {
namespace {

constexpr int64_t kMostEpochs = 1'000'000;

}  // namespace

void MlpTask::AddFlags(FlagSet& flags) {
  flags.Add("dataset", &dataset, "what to learn: glyphs, fashion-mnist, mnist, moons, ...");
  flags.Add("train_size", &train_size, "training examples");
  flags.Add("test_size", &test_size, "test examples");
  flags.Add("hidden", &hidden, "widths of the hidden layers");
  flags.Add("epochs", &epochs, "passes over the training set");
  flags.Add("batch_size", &batch_size, "examples a step");
  flags.Add("seeds", &seeds, "one run each");
}

absl::Status MlpTask::CheckFlags() const {
  return FirstError({WantsBetween("train_size", train_size, 1, kMostExamples),
                     WantsBetween("test_size", test_size, 1, kMostExamples), WantsBetween("hidden", hidden, 1, kWidest),
                     WantsBetween("epochs", epochs, 1, kMostEpochs),
                     WantsBetween("batch_size", batch_size, 1, train_size, "train_size"), WantsSeeds(seeds)});
}

absl::StatusOr<TrainTest> MlpTask::Load(const std::string& folder) const {
  return LoadDataset(dataset, {.folder = folder, .train_size = train_size, .test_size = test_size});
}

MakeModel MlpTask::Networks(const Dataset& train) const {
  std::vector<int64_t> widths = {NumElements(train.example_shape)};
  widths.insert(widths.end(), hidden.begin(), hidden.end());
  widths.push_back(train.num_classes());
  return [widths](uint64_t seed) {
    Random random(seed);
    return Mlp(widths, Elementwise::kReLU, random);
  };
}

}  // namespace dl
