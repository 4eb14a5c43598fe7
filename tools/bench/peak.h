// The machine's arithmetic peak, measured: what a benchmark's speed is a share of.
#ifndef TOOLS_BENCH_PEAK_H_
#define TOOLS_BENCH_PEAK_H_

namespace dl {

// Single-precision floating-point operations a second (a fused multiply-add counts as two) that `threads` threads reach
// together on independent multiply-adds in registers, with the widest vectors the CPU has. The best of several short
// runs; takes about half a second.
double MeasurePeakFlops(int threads);

}  // namespace dl

#endif  // TOOLS_BENCH_PEAK_H_
