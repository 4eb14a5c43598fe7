#include "tools/results/csv.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "modules/base/nearest_name.h"

namespace dl {
namespace {

// Reads the field that starts at *at and leaves *at at its separator or the end; counts the line ends inside quotes.
absl::StatusOr<std::string> ReadField(std::string_view text, size_t* at, int* line) {
  std::string field;
  if (*at >= text.size() || text[*at] != '"') {
    const size_t end = std::min(text.find_first_of(",\r\n", *at), text.size());
    field = text.substr(*at, end - *at);
    *at = end;
    return field;
  }
  const int opened = *line;
  while (++*at < text.size()) {
    if (text[*at] == '"') {
      if (text.substr(*at, 2) != "\"\"") break;
      ++*at;
    }
    if (text[*at] == '\n') ++*line;
    field += text[*at];
  }
  if (*at >= text.size()) return absl::DataLossError(absl::StrCat("line ", opened, ": a quote that never closes"));
  ++*at;
  return field;
}

}  // namespace

absl::StatusOr<CsvTable> ParseCsv(std::string_view text) {
  CsvTable table;
  int line = 1;
  for (size_t at = 0; at < text.size(); ++line) {
    const int first = line;
    std::vector<std::string> record;
    while (true) {
      const auto field = ReadField(text, &at, &line);
      if (!field.ok()) return field.status();
      record.push_back(*field);
      if (at >= text.size() || text[at] != ',') break;
      ++at;
    }
    if (text.substr(at, 2) == "\r\n") ++at;
    if (at < text.size() && text[at] != '\n') {
      return absl::DataLossError(absl::StrCat("line ", line, ": text after a closing quote"));
    }
    ++at;
    if (table.columns.empty()) {
      table.columns = std::move(record);
    } else if (record.size() == table.columns.size()) {
      table.rows.push_back(std::move(record));
    } else {
      return absl::DataLossError(
          absl::StrCat("line ", first, ": ", record.size(), " fields, the header has ", table.columns.size()));
    }
  }
  return table;
}

absl::StatusOr<size_t> ColumnIndex(const CsvTable& table, std::string_view name) {
  const auto found = std::find(table.columns.begin(), table.columns.end(), name);
  if (found == table.columns.end()) return UnknownName("column", name, table.columns);
  return static_cast<size_t>(found - table.columns.begin());
}

bool HasColumn(const CsvTable& table, std::string_view name) {
  return std::find(table.columns.begin(), table.columns.end(), name) != table.columns.end();
}

}  // namespace dl
