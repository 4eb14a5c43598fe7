#include "modules/optimizers/experiments/trajectories.h"

#include <cmath>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "modules/optimizers/experiments/path_map.h"
#include "modules/training/flag_checks.h"

namespace dl {
namespace {

constexpr int64_t kFinestGrid = 400;

// f after 400 steps on Beale's function from (-1.5, -1.5), at rates that are not told (CoursIA, pull request 12458).
constexpr int64_t kPublishedSteps = 400;
const std::map<std::string, double>& PublishedOnBeale() {
  static const auto* ends = new std::map<std::string, double>{
      {"sgd", 0.142}, {"momentum", 0.0006}, {"adagrad", 0.205}, {"rmsprop", 0.018}, {"adam", 0.194}};
  return *ends;
}

// To nine decimals; what is left of an arrival after thousands of steps is of no interest. 0 has no sign.
double Rounded(double number) { return std::round(number * 1e9) / 1e9 + 0.0; }

void Summarize(const Surface& surface, const std::string& optimizer, const RatedWalk& rated, const Cell& published,
               Table& summary) {
  const Walk& walk = rated.walk;
  const bool ends = !walk.diverged;
  const auto end = [ends](double number) { return ends ? Cell(Rounded(number)) : Cell(""); };
  summary.AddRow({surface.name, optimizer, rated.rate, rated.steps ? Cell(*rated.steps) : Cell(""),
                  end(walk.SettledValue()), end(walk.values.back()), end(walk.points.back().x),
                  end(walk.points.back().y), ends ? Cell("") : Cell(walk.steps()), published});
}

// steps[i]: of optimizer i, on each surface.
Table StepsTable(const std::vector<Surface>& surfaces, const std::vector<NamedOptimizer>& optimizers,
                 std::vector<std::vector<Cell>> steps) {
  std::vector<std::string> columns = {"optimizer"};
  for (const Surface& surface : surfaces) columns.push_back(surface.name);
  Table table(std::move(columns));
  for (size_t i = 0; i < optimizers.size(); ++i) {
    steps[i].insert(steps[i].begin(), optimizers[i].name);
    table.AddRow(std::move(steps[i]));
  }
  return table;
}

}  // namespace

Trajectories::Trajectories() : optimizers_(OptimizerNames()) {}

void Trajectories::AddFlags(FlagSet& flags) {
  flags.Add("function", &functions_, "the surfaces: rosenbrock, valley_100, ..., or all");
  flags.Add("optimizers", &optimizers_, "NAME or NAME:SETTING=VALUE: sgd, adam:beta2=0.99, ...");
  flags.Add("lr", &rate_, "learning rate of all; 0 for the best one of each on each surface");
  race_.AddFlags(flags);
  flags.Add("start", &start_, "x,y where all begin; empty for each surface's own start");
  flags.Add("grid", &grid_, "points along a side of the lattice that contours are drawn from");
}

void Trajectories::UseDemoSize() {
  optimizers_ = {"sgd", "momentum", "rmsprop", "adam", "lion", "muon"};
  race_ = {.rates_per_decade = 2, .steps = 1000};
}

absl::Status Trajectories::CheckFlags() const {
  absl::Status status =
      FirstError({WantsAtLeast("lr", rate_, 0), race_.CheckFlags(), WantsBetween("start", start_, -1e6, 1e6),
                  WantsBetween("grid", grid_, 2, kFinestGrid)});
  if (status.ok() && !start_.empty() && start_.size() != 2) {
    status = absl::InvalidArgumentError(
        absl::StrCat("flag --start wants two numbers, x and y, or none, not ", start_.size()));
  }
  return status;
}

absl::StatusOr<std::vector<Surface>> Trajectories::Surfaces() const {
  absl::StatusOr<std::vector<Surface>> surfaces = ParseSurfaces(functions_);
  if (!surfaces.ok() || start_.empty()) return surfaces;
  for (Surface& surface : *surfaces) surface.start = {start_[0], start_[1]};
  return surfaces;
}

Cell Trajectories::Published(const Surface& surface, const NamedOptimizer& optimizer) const {
  const auto end = PublishedOnBeale().find(optimizer.name);
  const bool same = surface.name == "beale" && race_.steps == kPublishedSteps && start_.empty() && rate_ == 0;
  return same && end != PublishedOnBeale().end() ? Cell(end->second) : Cell("");
}

absl::StatusOr<ExperimentResult> Trajectories::Run(Progress& progress) {
  if (absl::Status status = CheckFlags(); !status.ok()) return status;
  const absl::StatusOr<std::vector<Surface>> surfaces = Surfaces();
  if (!surfaces.ok()) return surfaces.status();
  const absl::StatusOr<std::vector<NamedOptimizer>> optimizers = ParseOptimizers(optimizers_);
  if (!optimizers.ok()) return optimizers.status();
  const std::vector<double> rates = rate_ > 0 ? std::vector<double>{rate_} : race_.Rates();

  Table metrics({"surface", "optimizer", "step", "x", "y", "value"});
  Table summary({"surface", "optimizer", "rate", "steps", "settled_value", "end_value", "end_x", "end_y", "diverged_at",
                 "published_end_value"});
  PathMap map;
  std::vector<std::vector<Cell>> steps(optimizers->size());
  std::string diverged;  // one line, of the first that did
  int64_t done = 0, ended = 0;
  for (const Surface& surface : *surfaces) {
    map.AddPanel(surface.name, surface, grid_);
    for (size_t i = 0; i < optimizers->size(); ++i) {
      const NamedOptimizer& optimizer = (*optimizers)[i];
      progress.Part(absl::StrCat(surface.name, ", ", optimizer.name), done++, surfaces->size() * optimizers->size());
      const absl::StatusOr<RatedWalk> rated = race_.Best(surface, optimizer.make, rates);
      if (!rated.ok()) return rated.status();
      const RatedWalk& best = *rated;
      const int64_t end = best.steps.value_or(best.walk.steps());
      map.AddPath(optimizer.name, best.walk, end);
      for (const int64_t t : VisibleSteps(surface.window, best.walk, end)) {
        const Point p = best.walk.points[t];
        metrics.AddRow({surface.name, optimizer.name, t, p.x, p.y, best.walk.values[t]});
      }
      Summarize(surface, optimizer.name, best, Published(surface, optimizer), summary);
      steps[i].push_back(best.steps ? Cell(*best.steps) : Cell(""));
      if (!best.walk.diverged) {
        ++ended;
      } else if (diverged.empty()) {
        diverged = absl::StrCat(optimizer.name, " on ", surface.name, ": diverged at step ", best.walk.steps(),
                                " at rate ", best.rate, "; a smaller --lr may help");
      }
    }
  }
  if (ended == 0) return absl::AbortedError(diverged);
  const std::string steps_csv = StepsTable(*surfaces, *optimizers, std::move(steps)).ToCsv();
  return ExperimentResult{.metrics = std::move(metrics),
                          .summary = std::move(summary),
                          .seeds = {},
                          .datasets = {},
                          .files = {{"steps.csv", steps_csv}, {"map.csv", map.ToCsv()}}};
}

}  // namespace dl
