#include "modules/backprop/experiments/mnist.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "absl/strings/str_cat.h"
#include "datasets/catalog.h"
#include "modules/backprop/mlp.h"
#include "modules/training/flag_checks.h"
#include "modules/training/statistics.h"

namespace dl {
namespace {

// Weights from N(0, 1), "scaled" by 1/sqrt(fan-in) or of "unit" variance.
Initializer WeightsFrom(const std::string& initialization) {
  return [scaled = initialization == "scaled"](const Shape& shape, Random& random) {
    const double deviation = scaled ? 1.0 / std::sqrt(static_cast<double>(FansOf(shape).in)) : 1.0;
    return NormalInit(static_cast<float>(deviation))(shape, random);
  };
}

// The network with its biases, too, from N(0, 1).
Sequential Perceptron(const std::vector<int64_t>& widths, const std::string& initialization, uint64_t seed) {
  Random random(seed);
  Sequential mlp = Mlp(widths, Elementwise::kSigmoid, random, WeightsFrom(initialization));
  for (Variable& bias : Biases(mlp)) bias.mutable_value() = NormalInit(1)(bias.shape(), random);
  return mlp;
}

// Gradient descent that decays weights, but not biases.
ParameterGroups DecayingSgd(const Layer& model, double learning_rate, double weight_decay) {
  std::vector<std::unique_ptr<Optimizer>> groups;
  groups.push_back(Sgd(Weights(model), {.rate = Constant(learning_rate), .weight_decay = weight_decay}));
  groups.push_back(Sgd(Biases(model), {.rate = Constant(learning_rate)}));
  return ParameterGroups(std::move(groups));
}

// What Nielsen's own runs reached, one each; NaN where he gives no number. From github.com/mnielsen/
// neural-networks-and-deep-learning: the validation accuracies of fig/weight_initialization_{30,100}.json after the first
// epoch, at best and after the last (they do not keep the rate; the first epochs are those of 0.1, not of 0.5), and the
// last test accuracy of fig/regularized_full.json. For 100 units at 0.5, the text of chapter 3.
constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
struct Published {
  double learning_rate;
  int64_t hidden;
  const char* initialization;
  double first, best, last, test;
};
constexpr Published kPublished[] = {
    {0.1, 30, "scaled", 0.9270, 0.9653, 0.9650, kNone},  {0.1, 30, "unit", 0.8643, 0.9648, 0.9637, kNone},
    {0.1, 100, "scaled", 0.9295, 0.9781, 0.9781, kNone}, {0.1, 100, "unit", 0.8994, 0.9755, 0.9742, kNone},
    {0.5, 30, "unit", kNone, kNone, kNone, 0.9561},      {0.5, 100, "unit", kNone, kNone, 0.9792, kNone},
};

// The cells of first, best, last and test; empty where nothing is published.
struct PublishedCells {
  Cell first = "", best = "", last = "", test = "";
};
PublishedCells PublishedFor(int64_t hidden, const std::string& initialization, double learning_rate) {
  const auto cell = [](double value) { return std::isnan(value) ? Cell("") : Cell(value); };
  for (const Published& p : kPublished) {
    if (p.hidden == hidden && p.initialization == initialization && p.learning_rate == learning_rate) {
      return {cell(p.first), cell(p.best), cell(p.last), cell(p.test)};
    }
  }
  return {};
}

}  // namespace

void Mnist::AddFlags(FlagSet& flags) {
  flags.Add("dataset", &dataset_, "what to learn: mnist, fashion-mnist or glyphs");
  flags.Add("train_size", &train_size_, "examples to learn from, the first of the training set");
  flags.Add("validation_size", &validation_size_, "examples to validate on, the last of the training set");
  flags.Add("test_size", &test_size_, "test examples, 0 for the data set's own number");
  flags.Add("hidden", &hidden_, "widths of the hidden layer, one network each");
  flags.Add("initializations", &initializations_, "of the weights: scaled (deviation 1/sqrt(inputs)), unit (1)");
  flags.Add("learning_rates", &learning_rates_, "of plain gradient descent");
  flags.Add("lambda", &lambda_, "L2 regularisation: weights decay by rate * lambda / train_size a step");
  flags.Add("epochs", &epochs_, "passes over the training set");
  flags.Add("batch_size", &batch_size_, "examples a step");
  flags.Add("seeds", &seeds_, "one run each");
}

void Mnist::UseDemoSize() {
  dataset_ = "glyphs";  // needs no download
  train_size_ = 4000;
  validation_size_ = 1000;
  test_size_ = 1000;
  hidden_ = {30};
  lambda_ = 0.4;  // the same for each example
  learning_rates_ = {0.5};
  epochs_ = 10;
}

absl::Status Mnist::CheckFlags() const {
  return FirstError({WantsAtLeast("train_size", train_size_, 1), WantsAtLeast("validation_size", validation_size_, 1),
                     WantsAtLeast("test_size", test_size_, 0), WantsSome("hidden", hidden_),
                     WantsBetween("hidden", hidden_, 1, kWidest), WantsSome("initializations", initializations_),
                     WantsKnown("initialization", initializations_, {"scaled", "unit"}),
                     WantsSome("learning_rates", learning_rates_), WantsPositive("learning_rates", learning_rates_),
                     WantsAtLeast("lambda", lambda_, 0), WantsAtLeast("epochs", epochs_, 1),
                     WantsBetween("batch_size", batch_size_, 1, train_size_, "train_size"), WantsSeeds(seeds_)});
}

std::vector<Mnist::Setting> Mnist::Settings() const {
  std::vector<Setting> settings;
  for (double learning_rate : learning_rates_) {
    for (int64_t hidden : hidden_) {
      for (const std::string& initialization : initializations_) {
        settings.push_back({hidden, initialization, learning_rate});
      }
    }
  }
  return settings;
}

absl::StatusOr<Mnist::Outcome> Mnist::TrainOnce(const Setting& setting, const TrainTest& data, const Dataset& test,
                                                uint64_t seed, Progress& progress) const {
  const std::vector<int64_t> widths = {NumElements(data.train.example_shape), setting.hidden, data.train.num_classes()};
  Sequential mlp = Perceptron(widths, setting.initialization, seed);
  ParameterGroups optimizer = DecayingSgd(mlp, setting.learning_rate, lambda_ / static_cast<double>(data.train.size()));
  const TrainOptions options = {.name = absl::StrCat(MlpName(widths), " ", setting.initialization, " rate ",
                                                     setting.learning_rate, " seed ", seed),
                                .epochs = epochs_,
                                .batch_size = batch_size_,
                                .seed = seed,
                                .loss = SigmoidCrossEntropy,
                                .normalize = false};
  auto epochs = TrainClassifier(mlp, optimizer, data, options, progress);
  if (!epochs.ok()) return epochs.status();
  return Outcome{*std::move(epochs), Evaluate(mlp, test, {}, {.loss = SigmoidCrossEntropy}).accuracy};
}

absl::StatusOr<ExperimentResult> Mnist::Run(Progress& progress) {
  if (absl::Status status = CheckFlags(); !status.ok()) return status;
  const bool whole = dataset_ == "mnist" || dataset_ == "fashion-mnist";  // validation starts at their end
  auto loaded = LoadDataset(
      dataset_,
      {.folder = data_dir_, .train_size = whole ? 0 : train_size_ + validation_size_, .test_size = test_size_});
  if (!loaded.ok()) return loaded.status();
  if (train_size_ + validation_size_ > loaded->train.size()) {
    return absl::InvalidArgumentError(absl::StrCat("flags --train_size and --validation_size want ",
                                                   loaded->train.size(), " examples at most, together"));
  }
  const TrainTest data = {FirstExamples(loaded->train, train_size_), LastExamples(loaded->train, validation_size_)};
  const bool as_published = dataset_ == "mnist" && train_size_ == 50000 && validation_size_ == 10000 &&
                            test_size_ == 0 && lambda_ == 5 && epochs_ == 30 && batch_size_ == 10;
  Table metrics({"learning_rate", "hidden", "initialization", "seed", "epoch", "train_loss", "train_accuracy",
                 "validation_loss", "validation_accuracy", "published_accuracy"});
  Table summary({"learning_rate", "hidden", "initialization", "n", "first_accuracy_mean", "first_accuracy_std",
                 "published_first", "best_accuracy_mean", "best_accuracy_std", "published_best", "last_accuracy_mean",
                 "last_accuracy_std", "published_last", "test_accuracy_mean", "test_accuracy_std", "published_test"});
  for (const Setting& s : Settings()) {
    const PublishedCells published =
        as_published ? PublishedFor(s.hidden, s.initialization, s.learning_rate) : PublishedCells();
    std::vector<double> first, best, last, test;
    for (uint64_t seed : seeds_) {
      const auto outcome = TrainOnce(s, data, loaded->test, seed, progress);
      if (!outcome.ok()) return outcome.status();
      double highest = 0;
      for (const EpochMetrics& e : outcome->epochs) {
        metrics.AddRow({s.learning_rate, s.hidden, s.initialization, seed, e.epoch, e.train.loss, e.train.accuracy,
                        e.test.loss, e.test.accuracy,
                        e.epoch == 1         ? published.first
                        : e.epoch == epochs_ ? published.last
                                             : Cell("")});
        highest = std::max(highest, e.test.accuracy);
      }
      first.push_back(outcome->epochs.front().test.accuracy);
      best.push_back(highest);
      last.push_back(outcome->epochs.back().test.accuracy);
      test.push_back(outcome->test_accuracy);
    }
    summary.AddRow({s.learning_rate, s.hidden, s.initialization, seeds_.size(), Mean(first), StandardDeviation(first),
                    published.first, Mean(best), StandardDeviation(best), published.best, Mean(last),
                    StandardDeviation(last), published.last, Mean(test), StandardDeviation(test), published.test});
  }
  return ExperimentResult{.metrics = std::move(metrics),
                          .summary = std::move(summary),
                          .seeds = seeds_,
                          .datasets = {{dataset_, Fingerprint(data.train)},
                                       {dataset_ + " (validation)", Fingerprint(data.test)},
                                       {dataset_ + " (test)", Fingerprint(loaded->test)}}};
}

}  // namespace dl
