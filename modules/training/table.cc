#include "modules/training/table.h"

#include <algorithm>

#include "absl/strings/numbers.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "modules/base/check.h"

namespace dl {
namespace {

std::string CsvField(const std::string& text) {
  if (text.find_first_of(",\"\n") == std::string::npos) return text;
  return absl::StrCat("\"", absl::StrReplaceAll(text, {{"\"", "\"\""}}), "\"");
}

std::string CsvLine(const std::vector<std::string>& fields) {
  return absl::StrJoin(fields, ",",
                       [](std::string* out, const std::string& field) { out->append(CsvField(field)); }) +
         "\n";
}

std::string Padded(const std::string& text, size_t width) {
  double number;
  const std::string space(width - std::min(width, text.size()), ' ');
  return absl::SimpleAtod(text, &number) ? space + text : text + space;
}

}  // namespace

void Table::AddRow(std::vector<Cell> cells) {
  DL_CHECK(cells.size() == columns_.size())
      << "Table::AddRow: " << cells.size() << " cells for " << columns_.size() << " columns";
  std::vector<std::string>& row = rows_.emplace_back();
  for (Cell& cell : cells) row.push_back(std::move(cell.text));
}

std::string Table::ToCsv() const {
  std::string csv = CsvLine(columns_);
  for (const std::vector<std::string>& row : rows_) csv += CsvLine(row);
  return csv;
}

std::string Table::ToText() const {
  std::vector<size_t> widths;
  for (size_t c = 0; c < columns_.size(); ++c) {
    widths.push_back(columns_[c].size());
    for (const auto& row : rows_) widths[c] = std::max(widths[c], row[c].size());
  }
  std::string text;
  const auto add_line = [&](const std::vector<std::string>& fields) {
    std::string line;
    for (size_t c = 0; c < fields.size(); ++c) line += (c > 0 ? "  " : "") + Padded(fields[c], widths[c]);
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  };
  add_line(columns_);
  for (const auto& row : rows_) add_line(row);
  return text;
}

}  // namespace dl
