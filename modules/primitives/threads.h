// The threads that all primitives share: OpenMP's, which oneDNN and OpenBLAS use too.
#ifndef MODULES_PRIMITIVES_THREADS_H_
#define MODULES_PRIMITIVES_THREADS_H_

namespace dl {

// How many threads an operation may use.
int ThreadCount();

// More than any processor gains from; far above it OpenMP itself crashes.
inline constexpr int kMostThreads = 1024;

// Sets that number, 1 to kMostThreads, for the calling thread, and makes denormal numbers zero in it and in its
// workers, as inputs and as results: arithmetic on them is up to a hundred times slower, and a network gains nothing
// from them. To be called before the first operation.
void SetThreadCount(int n);

}  // namespace dl

#endif  // MODULES_PRIMITIVES_THREADS_H_
