#include "modules/optimizers/experiments/loss_surface.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "datasets/catalog.h"
#include "modules/backprop/mlp.h"
#include "modules/training/classifier.h"
#include "modules/training/flag_checks.h"
#include "modules/training/statistics.h"

namespace dl {
namespace {

constexpr int64_t kRates = 7;   // of a search, around the usual one
constexpr double kRatio = 3;    // of neighbouring ones
constexpr int64_t kSlices = 8;  // of a straight way of length 1
constexpr int64_t kRiseAt = kSlices / 2;
constexpr size_t kMostPoints = 60;  // of a path
constexpr double kMargin = 0.3;     // around the paths, of their extent
constexpr int64_t kFinest = 201;    // places along an axis

// `count` numbers from `low` to `high`, both included.
std::vector<double> Spread(double low, double high, int64_t count) {
  std::vector<double> places;
  for (int64_t i = 0; i < count; ++i) {
    places.push_back(low + (high - low) * static_cast<double>(i) / static_cast<double>(count - 1));
  }
  return places;
}

// Places along an axis that reach beyond all of `values`.
std::vector<double> Around(const std::vector<double>& values, int64_t count) {
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  const double margin = kMargin * (*high - *low);
  return Spread(*low - margin, *high + margin, count);
}

// Of a path of many points, kMostPoints that are evenly spread, the first and the last among them.
std::vector<PathPoint> Thinned(std::vector<PathPoint> path) {
  if (path.size() <= kMostPoints) return path;
  std::vector<PathPoint> thinned;
  for (size_t i = 0; i < kMostPoints; ++i) {
    thinned.push_back(std::move(path[i * (path.size() - 1) / (kMostPoints - 1)]));
  }
  return thinned;
}

// Networks of one seed have the same random directions, before they are scaled.
Random DirectionsOf(uint64_t seed) { return Random(seed).Split(2); }

}  // namespace

void LossSurface::AddFlags(FlagSet& flags) {
  flags.Add("dataset", &dataset_, "what to learn: glyphs, fashion-mnist, mnist, moons, ...");
  flags.Add("optimizers", &optimizers_, "sgd, momentum, adam, muon, ...");
  flags.Add("batch_sizes", &batch_sizes_, "examples a step; the paths have the first");
  flags.Add("learning_rates", &learning_rates_, "that each optimizer tries; none: some around its usual one");
  flags.Add("hidden", &hidden_, "width of the hidden layer");
  flags.Add("level", &level_, "the training loss that ends a run, in nats");
  flags.Add("steps", &steps_, "of a run at most");
  flags.Add("steps_between", &steps_between_, "two looks at the training loss");
  flags.Add("train_size", &train_size_, "training examples, on which all losses are taken");
  flags.Add("test_size", &test_size_, "test examples");
  flags.Add("directions", &directions_, "random ones from each end");
  flags.Add("resolution", &resolution_, "places along each axis of a plane");
  flags.Add("seeds", &seeds_, "one run each; the search for the rate takes the first");
}

void LossSurface::UseDemoSize() {
  batch_sizes_ = {16, 256};
  level_ = 0.2;
  steps_ = 400;
  train_size_ = 500;
  test_size_ = 500;
  directions_ = 4;
  resolution_ = 17;
  seeds_ = {1, 2};
}

absl::Status LossSurface::CheckFlags() const {
  return FirstError({WantsAtLeast("train_size", train_size_, 1), WantsSome("batch_sizes", batch_sizes_),
                     WantsBetween("batch_sizes", batch_sizes_, 1, train_size_, "train_size"),
                     WantsPositive("learning_rates", learning_rates_), WantsBetween("hidden", hidden_, 1, kWidest),
                     WantsPositive("level", level_), WantsAtLeast("steps", steps_, 1),
                     WantsAtLeast("steps_between", steps_between_, 1), WantsAtLeast("test_size", test_size_, 1),
                     WantsAtLeast("directions", directions_, 1), WantsBetween("resolution", resolution_, 2, kFinest),
                     WantsSeeds(seeds_)});
}

absl::StatusOr<int64_t> LossSurface::Measure(const LevelTask& task, const LevelOptions& options, LevelRun& first,
                                             const Dataset& test, Tables& tables) const {
  std::vector<double> steps, losses, accuracies, rises;
  std::vector<std::vector<Cell>> rows;
  int64_t reached = 0;
  for (uint64_t seed : seeds_) {
    LevelRun other;
    if (seed != seeds_.front()) {
      absl::StatusOr<LevelRun> trained = TrainToLevel(task, options, first.rate, seed);
      if (!trained.ok()) return trained.status();
      other = *std::move(trained);
    }
    LevelRun& run = seed == seeds_.front() ? first : other;
    if (run.diverged_at > 0) {
      tables.summary.AddRow({options.optimizer.name, options.batch_size, first.rate, 0, "", "", "", "", "", "", "", "",
                             0, run.diverged_at});
      return run.diverged_at;
    }
    Random random = DirectionsOf(seed);
    const auto profile = LossAtDistances(Variables(run.model), Spread(0, 1, kSlices + 1), directions_, random,
                                         [&] { return task.Loss(run.model); });
    if (!profile.ok()) return profile.status();
    for (int64_t k = 0; k <= kSlices; ++k) {
      rows.push_back(
          {options.optimizer.name, options.batch_size, seed, static_cast<double>(k) / kSlices, (*profile)[k]});
    }
    steps.push_back(static_cast<double>(run.path.back().step));
    losses.push_back(run.path.back().loss);
    accuracies.push_back(Evaluate(run.model, test, task.normalization).accuracy);
    rises.push_back((*profile)[kRiseAt] - (*profile)[0]);
    reached += run.reached;
  }
  for (std::vector<Cell>& row : rows) tables.metrics.AddRow(std::move(row));
  tables.summary.AddRow({options.optimizer.name, options.batch_size, first.rate, seeds_.size(), Mean(steps),
                         StandardDeviation(steps), Mean(losses), StandardDeviation(losses), Mean(accuracies),
                         StandardDeviation(accuracies), Mean(rises), StandardDeviation(rises), reached, ""});
  return 0;
}

absl::Status LossSurface::DrawRandomPlane(const LevelTask& task, const LevelOptions& options, LevelRun& run,
                                          Table& table) const {
  const std::vector<Variable> parameters = Variables(run.model);
  const std::vector<double> places = Spread(-1, 1, resolution_);
  Random random = DirectionsOf(seeds_.front());
  const auto losses =
      LossOnPlane(RandomPlane(parameters, random), parameters, places, places, [&] { return task.Loss(run.model); });
  if (!losses.ok()) return losses.status();
  for (size_t i = 0; i < losses->size(); ++i) {
    table.AddRow({options.optimizer.name, options.batch_size, places[i % places.size()], places[i / places.size()],
                  (*losses)[i]});
  }
  return absl::OkStatus();
}

absl::Status LossSurface::DrawPaths(const LevelTask& task, const std::vector<Path>& paths, Tables& tables) const {
  std::vector<WeightVector> points;
  for (const Path& path : paths) {
    for (const PathPoint& point : path.points) points.push_back(point.weights);
  }
  const absl::StatusOr<PrincipalPlane> principal = PrincipalPlaneOf(points);
  if (!principal.ok()) return principal.status();
  const auto& [plane, shares] = *principal;
  tables.paths.AddRow({"share", "", "", shares[0], shares[1], "", ""});
  Sequential model = task.model(seeds_.front());
  const auto loss_on = [&](const std::vector<double>& as, const std::vector<double>& bs) {
    return LossOnPlane(plane, Variables(model), as, bs, [&] { return task.Loss(model); });
  };
  std::vector<double> as, bs;
  for (const auto& [optimizer, points_of_path] : paths) {
    for (const PathPoint& point : points_of_path) {
      const Shadow shadow = Project(plane, point.weights);
      as.push_back(shadow.a);
      bs.push_back(shadow.b);
      tables.paths.AddRow({"path", optimizer, point.step, shadow.a, shadow.b, point.loss, shadow.distance});
    }
    const PathPoint& end = points_of_path.back();
    const auto shadow_loss = loss_on({as.back()}, {bs.back()});
    if (!shadow_loss.ok()) return shadow_loss.status();
    tables.ends.AddRow({optimizer, end.step, end.loss, shadow_loss->front(), Project(plane, end.weights).distance});
  }
  as = Around(as, resolution_);
  bs = Around(bs, resolution_);
  const auto losses = loss_on(as, bs);
  if (!losses.ok()) return losses.status();
  for (size_t i = 0; i < losses->size(); ++i) {
    tables.paths.AddRow({"grid", "", "", as[i % as.size()], bs[i / as.size()], (*losses)[i], ""});
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<LossSurface::Path>> LossSurface::MeasureAll(const LevelTask& task,
                                                                       const std::vector<NamedOptimizer>& optimizers,
                                                                       const Dataset& test, Progress& progress,
                                                                       Tables& tables) const {
  std::vector<Path> paths;
  std::string first_divergence;
  const size_t sizes = batch_sizes_.size(), parts = optimizers.size() * sizes;
  for (size_t i = 0; i < parts; ++i) {
    const LevelOptions options = {optimizers[i / sizes], batch_sizes_[i % sizes], level_, steps_, steps_between_};
    const std::string name = absl::StrCat(options.optimizer.name, ", batches of ", options.batch_size);
    progress.Part(name, i, parts);
    std::vector<double> rates = learning_rates_;
    if (rates.empty()) rates = RatesAround(options.optimizer.typical_rate, kRates, kRatio);
    absl::StatusOr<LevelRun> fastest = FastestToLevel(task, options, std::move(rates), seeds_.front());
    if (!fastest.ok()) return fastest.status();
    const absl::StatusOr<int64_t> diverged_at = Measure(task, options, *fastest, test, tables);
    if (!diverged_at.ok()) return diverged_at.status();
    if (*diverged_at > 0) {
      if (first_divergence.empty()) {
        first_divergence = absl::StrCat(name, ", rate ", fastest->rate, ", at step ", *diverged_at);
      }
      continue;
    }
    if (i < sizes) {
      if (absl::Status status = DrawRandomPlane(task, options, *fastest, tables.random); !status.ok()) return status;
    }
    if (i % sizes == 0) paths.push_back({options.optimizer.name, Thinned(std::move(fastest->path))});
  }
  if (tables.metrics.rows().empty()) {
    return absl::AbortedError(
        absl::StrCat("every run diverged, first that of ", first_divergence, "; try smaller --learning_rates"));
  }
  return paths;
}

absl::StatusOr<ExperimentResult> LossSurface::Run(Progress& progress) {
  if (absl::Status status = CheckFlags(); !status.ok()) return status;
  const absl::StatusOr<std::vector<NamedOptimizer>> optimizers = ParseOptimizers(optimizers_);
  if (!optimizers.ok()) return optimizers.status();
  const absl::StatusOr<TrainTest> data =
      LoadDataset(dataset_, {.folder = data_dir_, .train_size = train_size_, .test_size = test_size_});
  if (!data.ok()) return data.status();
  const std::vector<int64_t> widths = {NumElements(data->train.example_shape), hidden_, data->train.num_classes()};
  const MakeModel model = [widths](uint64_t seed) {
    Random random(seed);
    return Mlp(widths, Elementwise::kReLU, random);
  };
  const LevelTask task(model, data->train);
  Tables tables = {Table({"optimizer", "batch_size", "seed", "distance", "loss"}),
                   Table({"optimizer", "batch_size", "learning_rate", "n", "steps_mean", "steps_std", "train_loss_mean",
                          "train_loss_std", "test_accuracy_mean", "test_accuracy_std", "rise_mean", "rise_std",
                          "reached", "diverged_at"}),
                   Table({"optimizer", "batch_size", "a", "b", "loss"}),
                   Table({"row", "optimizer", "step", "a", "b", "loss", "distance"}),
                   Table({"optimizer", "steps", "loss", "loss_on_plane", "distance"})};
  const absl::StatusOr<std::vector<Path>> paths = MeasureAll(task, *optimizers, data->test, progress, tables);
  if (!paths.ok()) return paths.status();
  if (!paths->empty()) {
    if (absl::Status status = DrawPaths(task, *paths, tables); !status.ok()) return status;
  }
  return ExperimentResult{
      .metrics = std::move(tables.metrics),
      .summary = std::move(tables.summary),
      .seeds = seeds_,
      .datasets = {{dataset_, Fingerprint(data->train)}, {dataset_ + " (test)", Fingerprint(data->test)}},
      .files = {{"random.csv", tables.random.ToCsv()},
                {"paths.csv", tables.paths.ToCsv()},
                {"ends.csv", tables.ends.ToCsv()}}};
}

}  // namespace dl
