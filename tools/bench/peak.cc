#include "tools/bench/peak.h"

#include <omp.h>

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace dl {
namespace {

constexpr int kChains = 16;  // independent sums: more than latency times issue rate needs, as many as registers hold
constexpr int kWidest = 16;  // floats of an AVX-512 register
constexpr int64_t kRounds = 1 << 19;

typedef float Vector __attribute__((vector_size(kWidest * sizeof(float)), aligned(64)));

// kRounds multiply-adds on each of kChains vectors. Narrower machines split a vector into the registers they have.
#if defined(__x86_64__) && defined(__GNUC__)
__attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default"), optimize("O3", "fp-contract=fast")))
#endif
void MultiplyAdd(float* out) {
  Vector sums[kChains];
  for (int c = 0; c < kChains; ++c) sums[c] = Vector{} + static_cast<float>(c);
  const Vector factor = Vector{} + 0.999f, term = Vector{} + 0.001f;
  for (int64_t round = 0; round < kRounds; ++round) {
#pragma GCC unroll 16
    for (int c = 0; c < kChains; ++c) sums[c] = sums[c] * factor + term;
  }
  for (int c = 0; c < kChains; ++c) {
    for (int l = 0; l < kWidest; ++l) *out += sums[c][l];
  }
}

}  // namespace

double MeasurePeakFlops(int threads) {
  constexpr double kFlops = 2.0 * kWidest * kChains * static_cast<double>(kRounds);
  double best = 0;
  for (int run = 0; run < 8; ++run) {
    float sink = 0;
    const auto start = std::chrono::steady_clock::now();
#pragma omp parallel num_threads(threads) reduction(+ : sink)
    MultiplyAdd(&sink);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    if (sink != 0) best = std::max(best, threads * kFlops / seconds);
  }
  return best;
}

}  // namespace dl
