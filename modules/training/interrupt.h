// Ctrl-C, heard by training loops: they stop after the step at hand, and what was measured is kept.
#ifndef MODULES_TRAINING_INTERRUPT_H_
#define MODULES_TRAINING_INTERRUPT_H_

#include "absl/status/status.h"

namespace dl {

// From now on the first SIGINT or SIGTERM is remembered instead of ending the program; a second one, of
// either kind, ends it.
void CatchInterrupts();

// Cancelled once a signal has come, else OK.
absl::Status CheckInterrupt();

// 128 plus the signal that has come (130 for Ctrl-C, 143 for SIGTERM), the exit code that shells expect; 0 if none.
int InterruptExitCode();

}  // namespace dl

#endif  // MODULES_TRAINING_INTERRUPT_H_
