// run.json: what an experiment was, and on what machine, with what flags, seeds, libraries and data it ran.
#ifndef TOOLS_RESULTS_RUN_RECORD_H_
#define TOOLS_RESULTS_RUN_RECORD_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace dl {

struct RunRecord {
  std::string experiment;
  bool complete = false;
  std::string reason;  // why it is not complete; empty where it is
  std::string question;
  std::map<std::string, std::string> flags;
  std::vector<int64_t> seeds;
  std::map<std::string, std::string> machine;   // "cpu", "threads", ...
  std::map<std::string, std::string> versions;  // library or compiler → version
  std::map<std::string, std::string> datasets;  // name → checksum
};

// Reads {"experiment", "status", ...}. A status other than "complete" must come with a "reason", and a complete run
// with everything that makes it repeatable. DataLoss says what is malformed or missing.
absl::StatusOr<RunRecord> ParseRunRecord(std::string_view json);

}  // namespace dl

#endif  // TOOLS_RESULTS_RUN_RECORD_H_
