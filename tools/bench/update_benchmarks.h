// What is timed of the optimizers: one update of ten million parameters, which memory bounds.
#ifndef TOOLS_BENCH_UPDATE_BENCHMARKS_H_
#define TOOLS_BENCH_UPDATE_BENCHMARKS_H_

#include <vector>

#include "tools/bench/benchmark.h"

namespace dl {

inline constexpr int64_t kUpdatedParameters = 10'000'000;

// "update/sgd", "/momentum", "/lion", "/adam", "/adamw": Optimizer::Step of one tensor. "update/adamw_by_hand": the
// loop that one would write for AdamW alone, beside which the chain of three links must not be slower.
std::vector<Benchmark> UpdateBenchmarks();

}  // namespace dl

#endif  // TOOLS_BENCH_UPDATE_BENCHMARKS_H_
