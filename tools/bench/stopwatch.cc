#include "tools/bench/stopwatch.h"

#include <algorithm>
#include <chrono>
#include <vector>

namespace dl {
namespace {

// The times of the calls that fit into `seconds`, at least `least` of them.
std::vector<double> Time(const std::function<void()>& step, double seconds, size_t least) {
  using Clock = std::chrono::steady_clock;
  std::vector<double> times;
  const auto begin = Clock::now();
  auto before = begin;
  while (times.size() < least || std::chrono::duration<double>(before - begin).count() < seconds) {
    step();
    const auto after = Clock::now();
    times.push_back(std::chrono::duration<double>(after - before).count());
    before = after;
  }
  return times;
}

}  // namespace

double MedianSeconds(const std::function<void()>& step, double seconds) {
  Time(step, seconds / 5, 2);
  std::vector<double> times = Time(step, seconds, 5);
  const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
  std::nth_element(times.begin(), middle, times.end());
  return *middle;
}

}  // namespace dl
