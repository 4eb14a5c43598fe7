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
  // A stack of the handler's own: generated matrix kernels may keep values below the stack pointer, which a frame there
  // would overwrite.
  static char memory[1 << 16];
  stack_t stack = {};
  stack.ss_sp = memory;
  stack.ss_size = sizeof(memory);
  sigaltstack(&stack, nullptr);
  struct sigaction action = {};
  action.sa_flags = SA_ONSTACK;
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
