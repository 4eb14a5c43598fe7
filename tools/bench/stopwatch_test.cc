#include "tools/bench/stopwatch.h"

#include <chrono>
#include <thread>

#include "gtest/gtest.h"

namespace dl {
namespace {

TEST(StopwatchTest, IsTheMedianNotTheMean) {
  int calls = 0;
  const double median = MedianSeconds(
      [&] {
        // Every fifth call is slow; sleeping never ends early.
        std::this_thread::sleep_for(std::chrono::milliseconds(++calls % 5 == 0 ? 60 : 2));
      },
      0.3);
  EXPECT_GE(median, 0.002);
  EXPECT_LT(median, 0.060);
}

TEST(StopwatchTest, CallsAtLeastSevenTimes) {
  int calls = 0;
  MedianSeconds([&] { ++calls; }, 0);
  EXPECT_EQ(calls, 7);
}

}  // namespace
}  // namespace dl
