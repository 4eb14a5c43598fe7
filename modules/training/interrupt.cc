#include "modules/training/interrupt.h"

#include <csignal>

namespace dl {
namespace {

volatile std::sig_atomic_t caught = 0;

void Remember(int signal) {
  caught = signal;
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGTERM, SIG_DFL);
}

}  // namespace

void CatchInterrupts() {
  struct sigaction action = {};
  action.sa_handler = Remember;
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

absl::Status CheckInterrupt() {
  return caught == 0 ? absl::OkStatus() : absl::CancelledError("interrupted; no result was written");
}

int InterruptExitCode() { return caught == 0 ? 0 : 128 + static_cast<int>(caught); }

}  // namespace dl
