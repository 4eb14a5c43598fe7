// One loop, shared by the OpenMP threads where it is long enough to pay for waking them.
#ifndef MODULES_PRIMITIVES_INTERNAL_PARALLEL_H_
#define MODULES_PRIMITIVES_INTERNAL_PARALLEL_H_

#include <cstdint>

#include "absl/functional/function_ref.h"

namespace dl {

// Calls body(begin, end) on ranges that together are [0, count), each in a thread of its own. `work` is the number of
// elements that one index touches: below 32768 elements in all, the caller does everything.
void ParallelFor(int64_t count, int64_t work, absl::FunctionRef<void(int64_t begin, int64_t end)> body);

}  // namespace dl

#endif  // MODULES_PRIMITIVES_INTERNAL_PARALLEL_H_
