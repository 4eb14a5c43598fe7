#include "modules/primitives/threads.h"

#include <omp.h>

#include <bit>
#include <cstdint>
#include <limits>
#include <vector>

#include "gtest/gtest.h"

namespace dl {
namespace {

#if defined(__SSE2__)
// The smallest normal number times 1/2 (a denormal result), and a denormal number times 2^30 (a denormal operand).
volatile float half = 0.5f, large = 0x1p30f;
volatile float smallest = std::numeric_limits<float>::min(), denormal = std::numeric_limits<float>::denorm_min();

// One test, since what it looks at is never undone.
TEST(ThreadsTest, EveryThreadOfARegionTakesDenormalsForZero) {
  omp_set_num_threads(4);
#pragma omp parallel  // workers that exist before the call
  {
    EXPECT_NE(smallest * half, 0.0f);
    EXPECT_NE(denormal * large, 0.0f);
  }
  for (int n : {4, 1, 3, 5}) {
    SetThreadCount(n);
    EXPECT_EQ(ThreadCount(), n);
    std::vector<uint32_t> results(n, 1), products(n, 1);  // bits: to this thread, denormals now equal zero
#pragma omp parallel
    {
      results[omp_get_thread_num()] = std::bit_cast<uint32_t>(smallest * half);
      products[omp_get_thread_num()] = std::bit_cast<uint32_t>(denormal * large);
    }
    EXPECT_EQ(results, std::vector<uint32_t>(n, 0));
    EXPECT_EQ(products, std::vector<uint32_t>(n, 0));
  }
}
#endif

TEST(ThreadsDeathTest, NoThreadAndAMillionAreMistakes) {
  EXPECT_DEATH(SetThreadCount(0), "1 to 1024 threads are possible");
  EXPECT_DEATH(SetThreadCount(1000000), "1 to 1024 threads are possible");
}

}  // namespace
}  // namespace dl
