#include "modules/primitives/parallel.h"

#include <omp.h>

#include <atomic>
#include <vector>

#include "gtest/gtest.h"

namespace dl {
namespace {

TEST(ParallelTest, CoversEveryElementOnceWhateverTheThreads) {
  for (int threads : {1, 2, 3, 7}) {
    omp_set_num_threads(threads);
    for (int64_t n : {0, 1, 63, 32767, 32768, 100003}) {
      std::vector<std::atomic<int>> visits(n);
      ParallelFor(n, [&](int64_t begin, int64_t end) {
        for (int64_t i = begin; i < end; ++i) ++visits[i];
      });
      for (int64_t i = 0; i < n; ++i) ASSERT_EQ(visits[i], 1) << i << " of " << n << " with " << threads << " threads";
    }
  }
}

TEST(ParallelTest, ShortLoopsStayInOneThread) {
  std::atomic<int> calls = 0;
  ParallelFor(32767, [&](int64_t, int64_t) { ++calls; });
  EXPECT_EQ(calls, 1);
}

}  // namespace
}  // namespace dl
