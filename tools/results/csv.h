// Tables of results: comma-separated values with a header line, as RFC 4180 has them.
#ifndef TOOLS_RESULTS_CSV_H_
#define TOOLS_RESULTS_CSV_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace dl {

struct CsvTable {
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;  // each as wide as `columns`
};

// Fields are separated by commas and records by line ends; a field in double quotes may hold both, and a doubled quote
// stands for one. The empty text is the empty table. DataLoss names the line of a record of another width, or of a
// quote that never closes.
absl::StatusOr<CsvTable> ParseCsv(std::string_view text);

// The position of the column `name`; InvalidArgument with the nearest name where there is none.
absl::StatusOr<size_t> ColumnIndex(const CsvTable& table, std::string_view name);

bool HasColumn(const CsvTable& table, std::string_view name);

}  // namespace dl

#endif  // TOOLS_RESULTS_CSV_H_
