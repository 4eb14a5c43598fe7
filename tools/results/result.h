// The result of one experiment: its record and its tables.
#ifndef TOOLS_RESULTS_RESULT_H_
#define TOOLS_RESULTS_RESULT_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "tools/results/csv.h"
#include "tools/results/run_record.h"

namespace dl {

struct Result {
  RunRecord run;
  std::map<std::string, CsvTable> tables;  // by file name: "metrics.csv", ...
};

// Reads the files of one result: run.json and tables (*.csv); others are passed over. A complete run has rows in every
// table. NotFound or DataLoss name the file.
absl::StatusOr<Result> ReadResult(const std::vector<std::string>& paths);

}  // namespace dl

#endif  // TOOLS_RESULTS_RESULT_H_
