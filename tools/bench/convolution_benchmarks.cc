#include "tools/bench/convolution_benchmarks.h"

#include <cmath>

#include "absl/strings/str_cat.h"
#include "modules/backprop/initializers.h"
#include "modules/primitives/convolution_ways.h"

namespace dl {
namespace {

constexpr int64_t kBatch = 16;

// The operations of the definition: a multiplication and an addition for each place of y and term of its sum.
double DefinitionFlops(const ConvolutionTask& task) {
  const Shape y = ConvolutionShape(task.x, task.w, task.options);
  return 2 * static_cast<double>(NumElements(y)) * static_cast<double>(NumElements(task.w) / task.w[0]);
}

Benchmark WayBenchmark(const ConvolutionTask& task, const ConvolutionWay& way) {
  const double flops = DefinitionFlops(task);
  return {.name = absl::StrCat("naive_to_fast/", task.w[1], "-", task.w[0], "@3x3,", task.x[2], "x", task.x[3], "/",
                               way.name),
          .about = absl::StrCat("one convolution, batch ", kBatch, ", forward: ", way.about),
          .unit = "MFLOP",
          .count = std::llround(flops / 1e6),
          .flops = flops,
          .make = [task, prepare = way.prepare]() -> std::function<void()> {
            Random random(1);
            const Tensor x = NormalInit(1.0f)(task.x, random), w = KaimingNormal(task.w, random);
            return [compute = prepare(task, x, w)] { compute(); };
          }};
}

}  // namespace

std::vector<Benchmark> ConvolutionBenchmarks() {
  std::vector<Benchmark> benchmarks;
  for (const auto& [channels, side] : {std::pair<int64_t, int64_t>{64, 32}, {256, 8}}) {
    const ConvolutionTask task = {{kBatch, channels, side, side}, {channels, channels, 3, 3}, {.padding = 1}};
    for (const ConvolutionWay& way : ConvolutionWays()) {
      if (way.is_available(task)) benchmarks.push_back(WayBenchmark(task, way));
    }
  }
  return benchmarks;
}

}  // namespace dl
