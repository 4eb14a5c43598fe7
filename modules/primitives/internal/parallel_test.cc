#include "modules/primitives/internal/parallel.h"

#include <omp.h>

#include <set>
#include <vector>

#include "gtest/gtest.h"

namespace dl {
namespace {

TEST(ParallelTest, EveryIndexIsVisitedOnce) {
  omp_set_num_threads(3);
  for (const int64_t count : {0, 1, 2, 1000, 100003}) {
    std::vector<int> visits(count);
    ParallelFor(count, 50, [&](int64_t begin, int64_t end) {
      for (int64_t i = begin; i < end; ++i) ++visits[i];
    });
    EXPECT_EQ(visits, std::vector<int>(count, 1));
  }
}

// How many threads a loop of `count` indices of `work` elements uses.
size_t ThreadsOf(int64_t count, int64_t work) {
  std::set<int> threads;
  ParallelFor(count, work, [&](int64_t, int64_t) {
#pragma omp critical
    threads.insert(omp_get_thread_num());
  });
  return threads.size();
}

TEST(ParallelTest, OnlyLongLoopsWakeThreads) {
  omp_set_num_threads(2);
  EXPECT_EQ(ThreadsOf(32767, 1), 1u);
  EXPECT_EQ(ThreadsOf(32768, 1), 2u);
  EXPECT_EQ(ThreadsOf(2, 16384), 2u);
  EXPECT_EQ(ThreadsOf(1, 1 << 20), 1u);
}

}  // namespace
}  // namespace dl
