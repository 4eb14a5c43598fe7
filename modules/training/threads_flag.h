// The flag --threads, which every program that trains has.
#ifndef MODULES_TRAINING_THREADS_FLAG_H_
#define MODULES_TRAINING_THREADS_FLAG_H_

#include "absl/status/status.h"
#include "modules/base/flags.h"

namespace dl {

// Registers it; `*threads` is the default.
void AddThreadsFlag(FlagSet& flags, int* threads);

// Sets the number of threads, 0 for one a core; before the first operation. InvalidArgument on an impossible number.
absl::Status ApplyThreadsFlag(int threads);

}  // namespace dl

#endif  // MODULES_TRAINING_THREADS_FLAG_H_
