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

// By the experiment's name.
using Results = std::map<std::string, Result>;

// Reads the files of one result: run.json and tables (*.csv); others are passed over. A complete run has rows in every
// table. NotFound or DataLoss name the file.
absl::StatusOr<Result> ReadResult(const std::vector<std::string>& paths);

// The same for many: each word is NAME=PATH, one for each file of the result NAME.
absl::StatusOr<Results> ReadResults(const std::vector<std::string>& words);

}  // namespace dl

#endif  // TOOLS_RESULTS_RESULT_H_
