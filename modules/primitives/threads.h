// The threads that all primitives share: OpenMP's, which oneDNN and OpenBLAS use too.
#ifndef MODULES_PRIMITIVES_THREADS_H_
#define MODULES_PRIMITIVES_THREADS_H_

namespace dl {

// How many threads an operation may use.
int ThreadCount();

// Sets that number, n >= 1, for the calling thread, and makes denormal numbers zero in it and in its workers, as inputs
// and as results: arithmetic on them is up to a hundred times slower, and a network gains nothing from them. To be
// called once, before the first operation.
void SetThreadCount(int n);

}  // namespace dl

#endif  // MODULES_PRIMITIVES_THREADS_H_
