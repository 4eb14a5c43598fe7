// The exit codes of every program of the project, and the one place where a Status becomes one.
#ifndef MODULES_BASE_EXIT_CODE_H_
#define MODULES_BASE_EXIT_CODE_H_

#include "absl/status/status.h"

namespace dl {

enum ExitCode : int {
  kExitOk = 0,
  kExitUsage = 2,        // a flag, name or value that the program does not know
  kExitDiverged = 3,     // training met NaN, infinity or a hopeless loss
  kExitData = 4,         // data missing or corrupt
  kExitCheckpoint = 5,   // a checkpoint that cannot be used
  kExitDisk = 6,         // the disk is full or not writable
  kExitTool = 7,         // a program that we need is not installed
  kExitInterrupted = 130,
};

// The exit code that a program ends with on `status`:
//   InvalidArgument → usage, Aborted → diverged, NotFound and DataLoss → data, FailedPrecondition → checkpoint,
//   ResourceExhausted and PermissionDenied → disk, Unavailable → tool, Cancelled → interrupted; OK → 0, all else → 1.
int ExitCodeOf(const absl::Status& status);

// Prints "error: <message>" on standard error unless `status` is OK, and returns ExitCodeOf(status).
int ReportStatus(const absl::Status& status);

}  // namespace dl

#endif  // MODULES_BASE_EXIT_CODE_H_
