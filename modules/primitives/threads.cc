#include "modules/primitives/threads.h"

#include <omp.h>

#include <algorithm>

#include "modules/base/check.h"

#if defined(__SSE2__)
#include <xmmintrin.h>
#endif

namespace dl {
namespace {

void MakeDenormalsZero() {
#if defined(__SSE2__)
  constexpr unsigned kFlushToZero = 0x8000, kDenormalsAreZero = 0x0040;
  _mm_setcsr(_mm_getcsr() | kFlushToZero | kDenormalsAreZero);
#endif
}

}  // namespace

int ThreadCount() { return std::min(omp_get_max_threads(), kMostThreads); }

void SetThreadCount(int n) {
  DL_CHECK(n >= 1 && n <= kMostThreads)
      << "SetThreadCount(" << n << "): 1 to " << kMostThreads << " threads are possible";
  omp_set_dynamic(0);
  omp_set_num_threads(n);
#pragma omp parallel num_threads(n)
  MakeDenormalsZero();
}

}  // namespace dl
