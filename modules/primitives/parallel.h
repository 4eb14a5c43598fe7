// A loop over elements, shared among the threads where it is long enough to be worth it.
#ifndef MODULES_PRIMITIVES_PARALLEL_H_
#define MODULES_PRIMITIVES_PARALLEL_H_

#include <cstdint>
#include <type_traits>

namespace dl {

namespace internal {
void ParallelRanges(int64_t n, void (*body)(void* context, int64_t begin, int64_t end), void* context);
}

// Calls body(begin, end) on ranges that together cover {0, ..., n - 1} once: one range for n below 32,768 (waking a
// thread takes a few microseconds), else one a thread, each a multiple of 64 elements but the last.
template <typename Body>
void ParallelFor(int64_t n, Body&& body) {
  internal::ParallelRanges(
      n, [](void* context, int64_t begin, int64_t end) { (*static_cast<std::remove_reference_t<Body>*>(context))(begin, end); },
      &body);
}

}  // namespace dl

#endif  // MODULES_PRIMITIVES_PARALLEL_H_
