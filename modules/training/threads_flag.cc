#include "modules/training/threads_flag.h"

#include "modules/primitives/threads.h"
#include "modules/training/flag_checks.h"

namespace dl {

void AddThreadsFlag(FlagSet& flags, int* threads) {
  flags.Add("threads", threads, "OpenMP threads; 0 for one a core, which large networks want");
}

absl::Status ApplyThreadsFlag(int threads) {
  if (absl::Status status = WantsBetween("threads", threads, 0, kMostThreads); !status.ok()) return status;
  SetThreadCount(threads > 0 ? threads : ThreadCount());
  return absl::OkStatus();
}

}  // namespace dl
