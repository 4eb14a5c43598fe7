#include "modules/optimizers/experiments/published_traces.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "modules/optimizers/adaptive.h"
#include "modules/optimizers/experiments/path_map.h"

namespace dl {
namespace {

constexpr int64_t kGrid = 60;

// Someone's walk, and where it ended. The name says it in short, without spaces.
struct Trace {
  std::string name, method, setting;
  MakePointOptimizer make;
  Point published;
  int decimals;  // of the published numbers
  std::string source;
};

MakePointOptimizer MomentumOf(double rate, double beta) {
  return [=](std::vector<Variable> p) { return Sgd(std::move(p), {.rate = Constant(rate), .momentum = beta}); };
}

// d2l.ai has ε under the root.
template <typename Link>
MakePointOptimizer Scaled(Link link, double rate) {
  return
      [=](std::vector<Variable> p) { return MakeOptimizer(std::move(p), link, ScaleByLearningRate{Constant(rate)}); };
}

std::vector<Trace> TracesOfD2l() {
  const ScaleByAdaGrad adagrad{.epsilon = 0, .inner_epsilon = 1e-6};
  const ScaleByRms rmsprop{.decay = 0.9, .epsilon = 0, .inner_epsilon = 1e-6};
  const std::string printed = "d2l.ai", recomputed = "d2l.ai's definition, recomputed";
  return {
      {"gd_0.4", "gradient descent", "rate 0.4", MomentumOf(0.4, 0), {-0.943467, -0.000073}, 6, printed},
      {"gd_0.6", "gradient descent", "rate 0.6", MomentumOf(0.6, 0), {-0.387814, -1673.365109}, 6, printed},
      {"momentum_0.6_0.5", "momentum", "rate 0.6, beta 0.5", MomentumOf(0.6, 0.5), {0.007188, 0.002553}, 6, printed},
      {"momentum_0.6_0.25",
       "momentum",
       "rate 0.6, beta 0.25",
       MomentumOf(0.6, 0.25),
       {-0.126340, -0.186632},
       6,
       printed},
      {"adagrad_0.4", "AdaGrad", "rate 0.4", Scaled(adagrad, 0.4), {-2.382563, -0.158591}, 6, recomputed},
      {"adagrad_2", "AdaGrad", "rate 2", Scaled(adagrad, 2), {-0.002295, 0}, 6, recomputed},
      {"rmsprop_0.4", "RMSProp", "rate 0.4, decay 0.9", Scaled(rmsprop, 0.4), {-0.010599, 0}, 6, recomputed},
  };
}

std::vector<Trace> TracesOfOptax() {
  const auto adam = [](double beta1) {
    return [=](std::vector<Variable> p) {
      return Adam(std::move(p), {.rate = Constant(3e-3), .beta1 = beta1, .beta2 = 0.9999});
    };
  };
  const std::string source = "optax, rosenbrock_ademamix";
  return {{"adam_0.9", "Adam", "rate 0.003, beta1 0.9, beta2 0.9999", adam(0.9), {0.999986, 0.999973}, 6, source},
          {"adam_0.9999", "Adam", "rate 0.003, beta1 0.9999, beta2 0.9999", adam(0.9999), {0.9527, 0.9081}, 4, source}};
}

void Summarize(const Surface& surface, const Trace& trace, DType dtype, const Walk& walk, Table& summary) {
  const Point end = walk.points.back();
  const auto decimals = [](double number, int count) { return absl::StrFormat("%.*f", count, number); };
  summary.AddRow(
      {trace.name, trace.method, trace.setting, surface.name, walk.steps(), ToString(dtype), decimals(end.x, 6),
       decimals(end.y, 6), decimals(trace.published.x, trace.decimals), decimals(trace.published.y, trace.decimals),
       decimals(std::max(std::abs(end.x - trace.published.x), std::abs(end.y - trace.published.y)), 6), trace.source});
}

}  // namespace

absl::StatusOr<ExperimentResult> PublishedTraces::Run(Progress& progress) {
  Table metrics({"trace", "step", "x", "y", "value"});
  Table summary({"trace", "method", "setting", "surface", "steps", "precision", "x", "y", "published_x", "published_y",
                 "difference", "source"});
  PathMap map;
  const std::vector<Surface> surfaces = ParseSurfaces({"d2l", "rosenbrock"}).value();
  const std::vector<Trace> shorts = TracesOfD2l(), longs = TracesOfOptax();
  std::string panel;
  for (const Trace& trace : shorts) {
    const absl::StatusOr<Walk> walked = WalkDown(surfaces[0], trace.make, {.start = surfaces[0].start, .steps = 20});
    if (!walked.ok()) return walked.status();
    const Walk& walk = *walked;
    if (trace.method != panel) map.AddPanel(panel = trace.method, surfaces[0], kGrid);
    map.AddPath(trace.setting, walk, walk.steps());
    Summarize(surfaces[0], trace, DType::kF64, walk, summary);
    for (int64_t t = 0; t <= walk.steps(); ++t) {
      metrics.AddRow({trace.name, t, walk.points[t].x, walk.points[t].y, walk.values[t]});
    }
  }
  int64_t done = 0;
  for (const Trace& trace : longs) {
    for (const DType dtype : {DType::kF32, DType::kF64}) {
      progress.Part(absl::StrCat(trace.setting, " in ", ToString(dtype)), done++, 2 * longs.size());
      const absl::StatusOr<Walk> walk =
          WalkDown(surfaces[1], trace.make, {.start = {-3, 5}, .steps = 100000, .dtype = dtype});
      if (!walk.ok()) return walk.status();
      Summarize(surfaces[1], trace, dtype, *walk, summary);
    }
  }
  return ExperimentResult{.metrics = std::move(metrics),
                          .summary = std::move(summary),
                          .seeds = {},
                          .datasets = {},
                          .files = {{"map.csv", map.ToCsv()}}};
}

}  // namespace dl
