// What is timed of one convolution: each way to compute it, from loops to kernels made for the processor.
#ifndef TOOLS_BENCH_CONVOLUTION_BENCHMARKS_H_
#define TOOLS_BENCH_CONVOLUTION_BENCHMARKS_H_

#include <vector>

#include "tools/bench/benchmark.h"

namespace dl {

// "naive_to_fast/64-64@3x3,32x32/<way>" and "naive_to_fast/256-256@3x3,8x8/<way>": forward, for the ways of
// primitives/convolution_ways.h that this machine has. They count the operations of the definition, so that Winograd's,
// which needs fewer, may come to more than the peak.
std::vector<Benchmark> ConvolutionBenchmarks();

}  // namespace dl

#endif  // TOOLS_BENCH_CONVOLUTION_BENCHMARKS_H_
