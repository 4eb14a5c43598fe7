#include "modules/cnn/commands/train_settings.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "absl/strings/str_cat.h"
#include "modules/base/nearest_name.h"
#include "modules/cnn/network_by_name.h"
#include "modules/optimizers/optimizer_by_name.h"
#include "modules/optimizers/schedule.h"
#include "modules/primitives/libraries.h"
#include "modules/training/flag_checks.h"

namespace dl {
namespace {

// What the networks of one kind are trained with.
struct Usual {
  std::vector<std::string> models;
  int64_t epochs, batch_size;
  std::string optimizer;
  double rate, weight_decay;
  std::string schedule;
  double smoothing;
  std::string augment;  // of pictures in colour
  int64_t views;
  int threads;
};

const std::vector<Usual>& Usuals() {
  static const auto* usuals = new std::vector<Usual>{
      // clang-format off: one kind, one line or two
      {{"3c3d"}, 10, 128, "adam", 5e-4, 0, "cosine", 0, "crop:4+flip", 1, 0},
      {{"small-cnn"}, 3, 128, "adam", 3e-3, 0, "one_cycle", 0, "none", 1, 0},
      {{"all-conv"}, 10, 128, "nesterov", 0.03, 1e-3, "warmup_cosine", 0, "crop:4+flip", 1, 0},
      {{"fast-cifar"}, 10, 1024, kRecipe, 11.5, 0.0153, kRecipe, 0.2, "crop:2+reflect+flip:alternating", 6, 0},
      {{"resnet20", "resnet32", "resnet44", "resnet56", "resnet18", "vgg-small"},
       10,
       128,
       "nesterov",
       0.1,
       5e-4,
       "one_cycle",
       0,
       "crop:4+flip",
       1,
       0},
      {{"vgg11", "vgg13", "vgg16", "vgg19"}, 10, 32, "nesterov", 0.01, 5e-4, "warmup_cosine", 0, "crop:4+flip", 1, 0},
      {{"vgg11-bn", "vgg13-bn", "vgg16-bn", "vgg19-bn"},
       10,
       32,
       "nesterov",
       0.03,
       5e-4,
       "one_cycle",
       0,
       "crop:4+flip",
       1,
       0},
      // clang-format on
  };
  return *usuals;
}

const Usual& UsualOf(const std::string& model) {
  static const auto* small = new Usual{{}, 10, 64, "adam", 1e-3, 0, "constant", 0, "none", 1, 1};
  for (const Usual& usual : Usuals()) {
    if (std::find(usual.models.begin(), usual.models.end(), model) != usual.models.end()) return usual;
  }
  return *small;
}

bool HasColors(const std::string& dataset) {
  return dataset.rfind("shapes", 0) == 0 || dataset == "cifar10" || dataset.rfind("folder:", 0) == 0;
}

absl::Status CheckOptimizer(const TrainSettings& s) {
  const bool recipe = s.optimizer == kRecipe;
  if (recipe && s.model != "fast-cifar") {
    return absl::InvalidArgumentError(absl::StrCat("--optimizer=recipe is for --model=fast-cifar, not ", s.model));
  }
  if (recipe != (s.schedule == kRecipe)) {
    return absl::InvalidArgumentError(
        "--optimizer=recipe brings its own schedule: leave --schedule out, or choose "
        "another --optimizer, too");
  }
  if (recipe) return absl::OkStatus();
  if (const auto schedule = ParseSchedule(s.schedule, s.rate, 1); !schedule.ok()) return schedule.status();
  return OptimizerWithDecay(s).status();
}

}  // namespace

void TrainSettings::AddFlags(FlagSet& flags) {
  flags.Add("model", &model, "the network: small-cnn, lenet, resnet20, fast-cifar, vgg16, ...");
  flags.Add("dataset", &dataset, "what to learn: shapes, glyphs, mnist, fashion-mnist, cifar10, folder:PATH");
  flags.Add("train_size", &train_size, "training examples, 0 for the data set's own number");
  flags.Add("test_size", &test_size, "test examples, 0 for the data set's own number");
  flags.Add("image_size", &image_size, "pixels a side, of a folder's pictures");
  flags.Add("epochs", &epochs, "passes over the training set");
  flags.Add("batch_size", &batch_size, "examples a step");
  flags.Add("optimizer", &optimizer, "NAME or NAME:KEY=VALUE: adam, adam:beta2=0.99, nesterov, ...");
  flags.Add("rate", &rate, "the learning rate, the highest of the schedule");
  flags.Add("schedule", &schedule, "of the rate: constant, cosine, warmup_cosine, one_cycle, ...");
  flags.Add("weight_decay", &weight_decay, "of every parameter; 0 for the optimizer's own, with recipe for none");
  flags.Add("smoothing", &smoothing, "what labels give to all classes, 0 to less than 1");
  flags.Add("augment", &augment, "what happens to training images: none, crop:4+flip, cutout:8, ...");
  flags.Add("normalize", &normalize, "inputs, each channel to mean 0 and deviation 1; else pixels stay in [0, 1]");
  flags.Add("average_decay", &average_decay, "of a running mean of the weights, such as 0.999; 0 for none");
  flags.Add("precision", &precision, "of activations: f32 or bf16");
  flags.Add("views", &views, "of each image, whose mean answer is tested: 1 or 6");
  flags.Add("seed", &seed, "of weights, order, augmentation and dropout");
}

absl::StatusOr<TrainSettings> UsualSettings(const std::string& model, const std::string& dataset) {
  if (absl::Status status = WantsKnown("model", {model}, NetworkNames()); !status.ok()) return status;
  const Usual& usual = UsualOf(model);
  return TrainSettings{.model = model,
                       .dataset = dataset,
                       .epochs = usual.epochs,
                       .batch_size = usual.batch_size,
                       .optimizer = usual.optimizer,
                       .rate = usual.rate,
                       .schedule = usual.schedule,
                       .weight_decay = usual.weight_decay,
                       .smoothing = usual.smoothing,
                       .augment = HasColors(dataset) ? usual.augment : "none",
                       .views = usual.views};
}

absl::StatusOr<TrainSettings> UsualSettings(const std::string& model, const std::string& dataset,
                                            const std::string& optimizer) {
  absl::StatusOr<TrainSettings> settings = UsualSettings(model, dataset);
  if (!settings.ok() || settings->optimizer == optimizer) return settings;
  settings->weight_decay = 0;
  if (settings->schedule == kRecipe) settings->schedule = "one_cycle";
  settings->optimizer = optimizer;
  if (optimizer == kRecipe) return settings;
  const absl::StatusOr<NamedOptimizer> named = ParseOptimizer(optimizer);
  if (!named.ok()) return named.status();
  settings->rate = named->typical_rate;
  return settings;
}

int UsualThreads(const std::string& model) { return UsualOf(model).threads; }

absl::Status CheckTrainSettings(const TrainSettings& s) {
  absl::Status status = FirstError(
      {WantsKnown("model", {s.model}, NetworkNames()), WantsAtLeast("train_size", s.train_size, 0),
       WantsAtLeast("test_size", s.test_size, 0), WantsAtLeast("image_size", s.image_size, 1),
       WantsAtLeast("epochs", s.epochs, 1), WantsAtLeast("batch_size", s.batch_size, 1), WantsPositive("rate", s.rate),
       WantsAtLeast("weight_decay", s.weight_decay, 0), WantsFraction("smoothing", s.smoothing),
       WantsFraction("average_decay", s.average_decay), WantsKnown("precision", {s.precision}, {"f32", "bf16"}),
       CheckOptimizer(s), ParseAugmentation(s.augment).status()});
  if (status.ok() && s.views != 1 && s.views != 6) {
    status = absl::InvalidArgumentError(absl::StrCat("flag --views wants 1 or 6, not ", s.views));
  }
  if (status.ok() && s.precision == "bf16" && !ComputesInBF16()) {
    status =
        absl::InvalidArgumentError(absl::StrCat("--precision=bf16 wants a CPU that multiplies bf16; this one's "
                                                "instruction set is ",
                                                InstructionSet(), ": use --precision=f32"));
  }
  return status;
}

DType PrecisionOf(const TrainSettings& settings) { return settings.precision == "bf16" ? DType::kBF16 : DType::kF32; }

absl::StatusOr<std::string> OptimizerWithDecay(const TrainSettings& s) {
  if (s.weight_decay == 0) {
    if (const auto plain = ParseOptimizer(s.optimizer); !plain.ok()) return plain.status();
    return s.optimizer;
  }
  absl::Status refused = ParseOptimizer(s.optimizer).status();
  if (!refused.ok()) return refused;
  for (const char* key : {"weight_decay", "l2"}) {
    const std::string decaying = absl::StrCat(s.optimizer, ":", key, "=", s.weight_decay);
    if (ParseOptimizer(decaying).ok()) return decaying;
  }
  return absl::InvalidArgumentError(absl::StrCat(
      "optimizer ", s.optimizer, " has no weight decay: leave --weight_decay out, or choose nesterov, adam or adamw"));
}

}  // namespace dl
