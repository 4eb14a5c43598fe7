#include "modules/primitives/internal/parallel.h"

#include <omp.h>

#include <algorithm>

namespace dl {
namespace {

constexpr int64_t kWorkOfAThread = 16384;

}  // namespace

void ParallelFor(int64_t count, int64_t work, absl::FunctionRef<void(int64_t begin, int64_t end)> body) {
  const int64_t useful = std::min(count, count * work / kWorkOfAThread);
  const int64_t threads = omp_in_parallel() ? 1 : std::min<int64_t>(omp_get_max_threads(), useful);
  if (threads <= 1) {
    if (count > 0) body(0, count);
    return;
  }
#pragma omp parallel for num_threads(threads) schedule(static)
  for (int64_t t = 0; t < threads; ++t) body(count * t / threads, count * (t + 1) / threads);
}

}  // namespace dl
