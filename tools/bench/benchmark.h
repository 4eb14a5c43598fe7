// A benchmark: a step that is timed, and what it amounts to.
#ifndef TOOLS_BENCH_BENCHMARK_H_
#define TOOLS_BENCH_BENCHMARK_H_

#include <cstdint>
#include <functional>
#include <string>

namespace dl {

struct Benchmark {
  std::string name;
  std::string about;                            // what one step is
  std::string unit;                             // of what a step works through: "images", "nodes" or "elements"
  int64_t count;                                // of them in a step
  double flops;                                 // that one step needs, by the textbook's count
  std::function<std::function<void()>()> make;  // the step, ready to run: parameters and data are made once
  double bytes = 0;                             // that it must move from and to memory, where that is what bounds it,
  int arrays = 0;                               // in so many arrays of `count` floats
};

}  // namespace dl

#endif  // TOOLS_BENCH_BENCHMARK_H_
