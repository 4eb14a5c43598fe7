#include "modules/cnn/experiments/image_task.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "datasets/catalog.h"
#include "modules/training/flag_checks.h"

namespace dl {
namespace {

constexpr int64_t kMostEpochs = 1'000'000;

}  // namespace

std::map<std::string, std::string> ImageData::Fingerprints() const {
  std::map<std::string, std::string> prints = {{train.name, Fingerprint(train)},
                                               {test.name + " (test)", Fingerprint(test)}};
  if (validation.size() > 0) prints[train.name + " (validation)"] = Fingerprint(validation);
  return prints;
}

void ImageTask::AddFlags(FlagSet& flags) {
  flags.Add("dataset", &dataset, "what to learn: shapes, glyphs, fashion-mnist, cifar10, folder:PATH, ...");
  flags.Add("train_size", &train_size, "training examples");
  if (held_out) flags.Add("validation_size", &validation_size, "examples that settings are chosen by");
  flags.Add("test_size", &test_size, "test examples");
  flags.Add("epochs", &epochs, "passes over the training set");
  flags.Add("batch_size", &batch_size, "examples a step");
  flags.Add("seeds", &seeds, "one run each");
}

absl::Status ImageTask::CheckFlags() const {
  return FirstError({WantsBetween("train_size", train_size, 1, kMostExamples),
                     WantsBetween("test_size", test_size, 1, kMostExamples),
                     WantsBetween("validation_size", validation_size, held_out ? 1 : 0, kMostExamples),
                     WantsBetween("epochs", epochs, 1, kMostEpochs),
                     WantsBetween("batch_size", batch_size, 1, train_size, "train_size"), WantsSeeds(seeds)});
}

absl::StatusOr<ImageData> ImageTask::Load(const std::string& folder) const {
  absl::StatusOr<TrainTest> loaded =
      LoadDataset(dataset, {.folder = folder, .train_size = train_size + validation_size, .test_size = test_size});
  if (!loaded.ok()) return loaded.status();
  if (loaded->train.example_shape.size() != 3) {
    return absl::InvalidArgumentError(absl::StrCat("--dataset=", dataset, " holds no images but examples ",
                                                   ToString(loaded->train.example_shape),
                                                   ": take shapes, glyphs, fashion-mnist or cifar10"));
  }
  return ImageData{FirstExamples(loaded->train, train_size), LastExamples(loaded->train, validation_size),
                   std::move(loaded->test)};
}

StridedNetOptions NetFor(const Dataset& data) { return {.image = data.example_shape, .classes = data.num_classes()}; }

}  // namespace dl
