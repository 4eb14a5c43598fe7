#include "modules/base/exit_code.h"

#include <iostream>

namespace dl {

int ExitCodeOf(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kOk:
      return kExitOk;
    case absl::StatusCode::kInvalidArgument:
      return kExitUsage;
    case absl::StatusCode::kAborted:
      return kExitDiverged;
    case absl::StatusCode::kNotFound:
    case absl::StatusCode::kDataLoss:
      return kExitData;
    case absl::StatusCode::kFailedPrecondition:
      return kExitCheckpoint;
    case absl::StatusCode::kResourceExhausted:
    case absl::StatusCode::kPermissionDenied:
      return kExitDisk;
    case absl::StatusCode::kUnavailable:
      return kExitTool;
    case absl::StatusCode::kCancelled:
      return kExitInterrupted;
    default:
      return 1;
  }
}

int ReportStatus(const absl::Status& status) {
  if (!status.ok()) std::cerr << "error: " << status.message() << std::endl;
  return ExitCodeOf(status);
}

}  // namespace dl
