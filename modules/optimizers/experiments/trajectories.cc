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

Cell StepsCell(const RatedWalk& rated) { return rated.steps ? Cell(*rated.steps) : Cell(""); }

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

// What the runs have come to so far.
struct Findings {
  Table metrics = Table({"surface", "optimizer", "step", "x", "y", "value"});
  Table summary = Table({"surface", "optimizer", "rate", "steps", "settled_value", "end_value", "end_x", "end_y",
                         "diverged_at", "published_end_value"});
  PathMap map;
  int64_t runs_to_the_end = 0;
  std::string diverged;  // says what the first run did that was not one of these

  void Add(const Surface& surface, const std::string& optimizer, const RatedWalk& rated, const Cell& published) {
    const Walk& walk = rated.walk;
    const int64_t shown = rated.steps.value_or(walk.steps());
    map.AddPath(optimizer, walk, shown);
    for (const int64_t t : VisibleSteps(surface.window, walk, shown)) {
      metrics.AddRow({surface.name, optimizer, t, walk.points[t].x, walk.points[t].y, walk.values[t]});
    }
    const bool ends = !walk.diverged;
    const auto end = [ends](double number) { return ends ? Cell(Rounded(number)) : Cell(""); };
    const Point last = walk.points.back();
    summary.AddRow({surface.name, optimizer, rated.rate, StepsCell(rated), end(walk.SettledValue()),
                    end(walk.values.back()), end(last.x), end(last.y), ends ? Cell("") : Cell(walk.steps()),
                    published});
    runs_to_the_end += ends;
    if (!ends && diverged.empty()) {
      diverged = absl::StrCat(optimizer, " on ", surface.name, ": diverged at step ", walk.steps(), " at rate ",
                              rated.rate, "; a smaller --lr may help");
    }
  }
};

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

  Findings findings;
  std::vector<std::vector<Cell>> steps(optimizers->size());
  int64_t done = 0;
  for (const Surface& surface : *surfaces) {
    findings.map.AddPanel(surface.name, surface, grid_);
    for (size_t i = 0; i < optimizers->size(); ++i) {
      const NamedOptimizer& optimizer = (*optimizers)[i];
      progress.Part(absl::StrCat(surface.name, ", ", optimizer.name), done++, surfaces->size() * optimizers->size());
      const absl::StatusOr<RatedWalk> best = race_.Best(surface, optimizer.make, rates);
      if (!best.ok()) return best.status();
      findings.Add(surface, optimizer.name, *best, Published(surface, optimizer));
      steps[i].push_back(StepsCell(*best));
    }
  }
  if (findings.runs_to_the_end == 0) return absl::AbortedError(findings.diverged);
  const std::string steps_csv = StepsTable(*surfaces, *optimizers, std::move(steps)).ToCsv();
  return ExperimentResult{.metrics = std::move(findings.metrics),
                          .summary = std::move(findings.summary),
                          .seeds = {},
                          .datasets = {},
                          .files = {{"steps.csv", steps_csv}, {"map.csv", findings.map.ToCsv()}}};
}

}  // namespace dl
