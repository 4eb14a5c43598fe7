#include "tools/bench/bandwidth.h"

#include <omp.h>

#include <algorithm>
#include <chrono>
#include <vector>

#include "modules/primitives/internal/multiversion.h"
#include "modules/primitives/tensor.h"

namespace dl {
namespace {

constexpr int kRuns = 8;

DL_MULTIVERSION float SumOf(int64_t n, const float* x) {
  float lanes[64] = {};
  for (int64_t i = 0; i + 64 <= n; i += 64) {
    for (int l = 0; l < 64; ++l) lanes[l] += x[i + l];
  }
  float sum = 0;
  for (float lane : lanes) sum += lane;
  return sum;
}

DL_MULTIVERSION void ScaleInPlace(int64_t n, float* x) {
  for (int64_t i = 0; i < n; ++i) x[i] *= 0.999f;
}

// Calls work(first, n, array) for each array and each thread's part of it. Returns the seconds that it took.
template <typename Work>
double Seconds(int threads, std::vector<Tensor>& arrays, Work work) {
  std::vector<float*> data;
  for (Tensor& array : arrays) data.push_back(array.mutable_data());
  const int64_t count = arrays[0].size();
  const auto start = std::chrono::steady_clock::now();
#pragma omp parallel num_threads(threads)
  {
    const int64_t part = omp_get_thread_num(), first = part * count / threads, end = (part + 1) * count / threads;
    for (float* array : data) work(end - first, array + first);
  }
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

double MeasureBandwidth(int threads, int arrays, int64_t count) {
  std::vector<Tensor> memory;
  for (int i = 0; i < arrays; ++i) memory.push_back(Tensor::Full({count}, 1));
  const double bytes = static_cast<double>(arrays) * static_cast<double>(count) * sizeof(float);
  double best = 0;
  volatile float sink = 0;
  for (int run = 0; run < kRuns; ++run) {
    const double reading = Seconds(threads, memory, [&](int64_t n, const float* x) { sink = SumOf(n, x); });
    const double updating = Seconds(threads, memory, [](int64_t n, float* x) { ScaleInPlace(n, x); });
    best = std::max({best, bytes / reading, 2 * bytes / updating});
  }
  return best;
}

}  // namespace dl
