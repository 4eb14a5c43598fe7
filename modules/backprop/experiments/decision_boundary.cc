#include "modules/backprop/experiments/decision_boundary.h"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>
#include <optional>
#include <ostream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "datasets/catalog.h"
#include "modules/backprop/mlp.h"
#include "modules/primitives/softmax.h"
#include "modules/training/flag_checks.h"
#include "modules/training/statistics.h"

namespace dl {
namespace {

constexpr int64_t kFinest = 1 << 8, kMostClasses = 3;
constexpr uint64_t kValidationData = 2, kValidationSeed = 1000;  // not those that results are reported of

// side × side places that cover `points` [2] with a margin, row by row: x runs fastest.
Dataset GridOver(const Dataset& points, int64_t side) {
  const std::vector<float>& values = std::get<std::vector<float>>(points.values);
  std::array<float, 2> low, high;
  low.fill(std::numeric_limits<float>::max());
  high.fill(std::numeric_limits<float>::lowest());
  for (size_t i = 0; i < values.size(); ++i) {
    low[i % 2] = std::min(low[i % 2], values[i]);
    high[i % 2] = std::max(high[i % 2], values[i]);
  }
  const auto place = [&](int axis, int64_t i) {
    const float margin = 0.08f * (high[axis] - low[axis]);
    const float t = static_cast<float>(i) / static_cast<float>(side - 1);
    return low[axis] - margin + t * (high[axis] - low[axis] + 2 * margin);
  };
  std::vector<float> places;
  for (int64_t row = 0; row < side; ++row) {
    for (int64_t column = 0; column < side; ++column) places.insert(places.end(), {place(0, column), place(1, row)});
  }
  return {points.name, {2}, std::move(places), std::vector<int32_t>(side * side), points.class_names};
}

std::string Short(float number) { return absl::StrFormat("%.4g", number); }

// The training points, in the columns of frames.csv.
void AddPoints(const std::string& name, int64_t panel, const Dataset& points, Table& frames) {
  const std::vector<float>& xy = std::get<std::vector<float>>(points.values);
  for (int64_t i = 0; i < points.size(); ++i) {
    frames.AddRow({"point", name, panel, 0, Short(xy[2 * i]), Short(xy[2 * i + 1]), points.labels[i], "", "", ""});
  }
}

// The probabilities that `model` gives to the classes, at each place of the grid.
void AddFrame(Layer& model, const Dataset& grid, const Normalization& normalization, int64_t panel, int64_t epoch,
              Table& frames) {
  std::vector<int64_t> all(grid.size());
  std::iota(all.begin(), all.end(), 0);
  const Tensor p = Softmax(model.Forward(MakeBatch(grid, all, normalization).inputs, {}).value());
  const std::vector<float>& xy = std::get<std::vector<float>>(grid.values);
  const int64_t classes = p.dim(1);
  for (int64_t i = 0; i < grid.size(); ++i) {
    std::vector<Cell> row = {"grid", grid.name, panel, epoch, Short(xy[2 * i]), Short(xy[2 * i + 1]), ""};
    for (int64_t c = 0; c < kMostClasses; ++c) {
      row.push_back(absl::StrFormat("%.3f", c < classes ? p.data()[i * classes + c] : 0.0f));
    }
    frames.AddRow(std::move(row));
  }
}

}  // namespace

void DecisionBoundary::AddFlags(FlagSet& flags) {
  flags.Add("datasets", &datasets_, "points to learn: moons, circles, spirals, blobs");
  flags.Add("train_size", &train_size_, "training points");
  flags.Add("test_size", &test_size_, "test points, and validation points");
  flags.Add("hidden", &hidden_, "widths of the perceptron's hidden layers");
  flags.Add("activation", &activation_, "between its layers: relu, tanh, sigmoid, ...");
  flags.Add("learning_rates", &learning_rates_, "of Adam: each model takes the best of them");
  flags.Add("epochs", &epochs_, "passes over the training set");
  flags.Add("batch_size", &batch_size_, "points a step");
  flags.Add("frames", &frames_, "epochs after which the probabilities are kept, 0 for the untrained network");
  flags.Add("grid", &grid_, "places along each side of a frame");
  flags.Add("seeds", &seeds_, "one run each; frames are of the first");
}

void DecisionBoundary::UseDemoSize() {
  learning_rates_ = {1e-2};
  epochs_ = 100;
  frames_ = {0, 1, 2, 5, 10, 20, 50, 100};
  seeds_ = {1, 2, 3};
}

absl::Status DecisionBoundary::CheckFlags() const {
  return FirstError(
      {WantsSome("datasets", datasets_), WantsKnown("dataset", datasets_, {"moons", "circles", "spirals", "blobs"}),
       WantsAtLeast("train_size", train_size_, kMostClasses), WantsAtLeast("test_size", test_size_, kMostClasses),
       WantsSome("hidden", hidden_), WantsBetween("hidden", hidden_, 1, kWidest),
       ParseElementwise(activation_).status(), WantsSome("learning_rates", learning_rates_),
       WantsAtLeast("learning_rates", learning_rates_, 0), WantsAtLeast("epochs", epochs_, 1),
       WantsBetween("batch_size", batch_size_, 1, train_size_, "train_size"), WantsSome("frames", frames_),
       WantsBetween("frames", frames_, 0, epochs_, "epochs"), WantsBetween("grid", grid_, 2, kFinest),
       WantsSeeds(seeds_)});
}

absl::StatusOr<DecisionBoundary::Points> DecisionBoundary::Load(const std::string& name) const {
  absl::StatusOr<TrainTest> data = LoadDataset(name, {.train_size = train_size_, .test_size = test_size_});
  if (!data.ok()) return data.status();
  absl::StatusOr<TrainTest> other =
      LoadDataset(name, {.train_size = train_size_, .test_size = test_size_, .seed = kValidationData});
  if (!other.ok()) return other.status();
  Dataset grid = GridOver(data->train, grid_);
  return Points{*std::move(data), std::move(other->test), std::move(grid)};
}

absl::StatusOr<std::vector<EpochMetrics>> DecisionBoundary::Train(const Model& model, const Points& points,
                                                                  const TrainTest& data, double rate, uint64_t seed,
                                                                  int64_t panel, Table* frames) const {
  std::vector<int64_t> widths = {2};
  widths.insert(widths.end(), model.hidden.begin(), model.hidden.end());
  widths.push_back(data.train.num_classes());
  Random random(seed);
  Sequential mlp = Mlp(widths, *ParseElementwise(activation_), random, XavierNormal);
  const auto optimizer = Adam(Variables(mlp), {.rate = Constant(rate)});
  const auto look = [&](int64_t epoch) {
    if (frames == nullptr || std::find(frames_.begin(), frames_.end(), epoch) == frames_.end()) return;
    AddFrame(mlp, points.grid, ChannelNormalization(data.train), panel, epoch, *frames);
  };
  look(0);
  std::ostream nowhere(nullptr);
  Progress silent(nowhere, {});  // the run's parts are reported, not the epochs of each
  return TrainClassifier(mlp, *optimizer, data,
                         {.name = absl::StrCat(data.train.name, " ", model.name, " at learning rate ", rate),
                          .epochs = epochs_,
                          .batch_size = batch_size_,
                          .seed = seed,
                          .after_epoch = [&](const EpochMetrics& metrics) { look(metrics.epoch); }},
                         silent);
}

absl::StatusOr<double> DecisionBoundary::ChooseRate(const Model& model, const Points& points) const {
  if (learning_rates_.size() == 1) return learning_rates_[0];
  const TrainTest data = {points.data.train, points.validation};
  std::optional<double> best;
  double least = std::numeric_limits<double>::infinity();
  absl::Status diverged;
  for (const double rate : learning_rates_) {
    const auto epochs = Train(model, points, data, rate, kValidationSeed, 0, nullptr);
    if (!epochs.ok()) {
      if (epochs.status().code() != absl::StatusCode::kAborted) return epochs.status();
      diverged = epochs.status();
    } else if (epochs->back().test.loss < least) {
      best = rate;
      least = epochs->back().test.loss;
    }
  }
  if (!best.has_value()) return diverged;
  return *best;
}

absl::Status DecisionBoundary::Measure(const Model& model, const Points& points, int64_t panel, Tables& tables) const {
  const absl::StatusOr<double> rate = ChooseRate(model, points);
  if (!rate.ok()) return rate.status();
  const std::string& name = points.data.train.name;
  std::vector<double> train, test;
  for (const uint64_t seed : seeds_) {
    const bool filmed = !model.hidden.empty() && seed == seeds_.front();
    const auto epochs = Train(model, points, points.data, *rate, seed, panel, filmed ? &tables.frames : nullptr);
    if (!epochs.ok()) return epochs.status();
    for (const EpochMetrics& e : *epochs) {
      tables.metrics.AddRow(
          {name, model.name, seed, e.epoch, e.train.loss, e.train.accuracy, e.test.loss, e.test.accuracy});
    }
    train.push_back(epochs->back().train.accuracy);
    test.push_back(epochs->back().test.accuracy);
  }
  const int64_t classes = points.data.train.num_classes();
  int64_t parameters = 0, inputs = 2;
  for (const int64_t width : model.hidden) parameters += (std::exchange(inputs, width) + 1) * width;
  parameters += (inputs + 1) * classes;
  tables.summary.AddRow({name, model.name, classes, parameters, *rate, epochs_, seeds_.size(), Mean(train),
                         StandardDeviation(train), Mean(test), StandardDeviation(test)});
  return absl::OkStatus();
}

absl::StatusOr<ExperimentResult> DecisionBoundary::Run(Progress& progress) {
  if (absl::Status status = CheckFlags(); !status.ok()) return status;
  Tables tables = {
      Table({"dataset", "model", "seed", "epoch", "train_loss", "train_accuracy", "test_loss", "test_accuracy"}),
      Table({"dataset", "model", "classes", "parameters", "learning_rate", "epochs", "n", "train_accuracy_mean",
             "train_accuracy_std", "test_accuracy_mean", "test_accuracy_std"}),
      Table({"kind", "dataset", "panel", "epoch", "x", "y", "class", "p0", "p1", "p2"})};
  const std::vector<Model> models = {{"linear", {}}, {"perceptron", hidden_}};
  std::map<std::string, std::string> fingerprints;
  int64_t done = 0;
  for (size_t panel = 0; panel < datasets_.size(); ++panel) {
    const std::string& name = datasets_[panel];
    const absl::StatusOr<Points> points = Load(name);
    if (!points.ok()) return points.status();
    fingerprints[name] = Fingerprint(points->data.train);
    fingerprints[name + " (test)"] = Fingerprint(points->data.test);
    AddPoints(name, panel, points->data.train, tables.frames);
    for (const Model& model : models) {
      progress.Part(absl::StrCat(name, ", ", model.name), done++, datasets_.size() * models.size());
      if (absl::Status status = Measure(model, *points, panel, tables); !status.ok()) return status;
    }
  }
  return ExperimentResult{.metrics = std::move(tables.metrics),
                          .summary = std::move(tables.summary),
                          .seeds = seeds_,
                          .datasets = std::move(fingerprints),
                          .files = {{"frames.csv", tables.frames.ToCsv()}}};
}

}  // namespace dl
