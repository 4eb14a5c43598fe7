// How long a step takes.
#ifndef TOOLS_BENCH_STOPWATCH_H_
#define TOOLS_BENCH_STOPWATCH_H_

#include <functional>

namespace dl {

// The median time of one call of `step`, in seconds, over the calls that fit into `seconds` (at least five), after a
// warm-up of a fifth of that: the median, since other programs only ever add time.
double MedianSeconds(const std::function<void()>& step, double seconds);

}  // namespace dl

#endif  // TOOLS_BENCH_STOPWATCH_H_
