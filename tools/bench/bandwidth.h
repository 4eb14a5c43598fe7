// The speed of the machine's memory, measured: what the speed of an optimizer's update is a share of.
#ifndef TOOLS_BENCH_BANDWIDTH_H_
#define TOOLS_BENCH_BANDWIDTH_H_

#include <cstdint>

namespace dl {

// Bytes a second, read and written, that `threads` threads move together through `arrays` arrays of `count` floats,
// the faster of two loops: one that adds all of them up, and one that multiplies each by a number in place. The best of
// several runs after the arrays were first touched; below a second for 160 MB.
double MeasureBandwidth(int threads, int arrays, int64_t count);

}  // namespace dl

#endif  // TOOLS_BENCH_BANDWIDTH_H_
