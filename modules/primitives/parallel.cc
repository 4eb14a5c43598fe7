#include "modules/primitives/parallel.h"

#include <omp.h>

#include <algorithm>

namespace dl::internal {

void ParallelRanges(int64_t n, void (*body)(void* context, int64_t begin, int64_t end), void* context) {
  constexpr int64_t kWorthIt = 32768, kLine = 64;
  const int threads = n < kWorthIt ? 1 : omp_get_max_threads();
  if (threads == 1) return body(context, 0, n);
  const int64_t share = (n / threads + kLine - 1) / kLine * kLine;
#pragma omp parallel num_threads(threads)
  {
    const int64_t begin = std::min(n, omp_get_thread_num() * share);
    const int64_t end = omp_get_thread_num() == threads - 1 ? n : std::min(n, begin + share);
    if (begin < end) body(context, begin, end);
  }
}

}  // namespace dl::internal
