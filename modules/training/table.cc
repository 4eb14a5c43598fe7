#include "modules/training/table.h"

#include <algorithm>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
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
  return absl::StrJoin(fields, ",", [](std::string* out, const std::string& field) { out->append(CsvField(field)); }) +
         "\n";
}

using Rows = std::vector<std::vector<std::string>>;  // the header first; all equally long

constexpr size_t kScreen = 120;

// How many columns of a terminal UTF-8 text takes.
size_t Width(const std::string& text) {
  return std::count_if(text.begin(), text.end(), [](char byte) { return (byte & 0xC0) != 0x80; });
}

// A number in `format`; other text as it is.
std::string Short(const std::string& text, const absl::FormatSpec<double>& format) {
  double number;
  return absl::SimpleAtod(text, &number) ? absl::StrFormat(format, number) : text;
}

// A column X_mean and a column X_std behind it become one, X: "0.912 ± 0.003"; nothing where the mean is empty.
Rows JoinDeviations(const Rows& rows) {
  Rows joined(rows.size());
  for (size_t c = 0; c < rows[0].size(); ++c) {
    const std::string& name = rows[0][c];
    const std::string stem = name.substr(0, name.rfind("_mean"));
    const bool pair = stem != name && c + 1 < rows[0].size() && rows[0][c + 1] == stem + "_std";
    joined[0].push_back(pair ? stem : name);
    for (size_t r = 1; r < rows.size(); ++r) {
      const bool both = pair && !rows[r][c].empty();
      joined[r].push_back(both ? absl::StrCat(Short(rows[r][c], "%.4g"), " ± ", Short(rows[r][c + 1], "%.2g"))
                               : rows[r][c]);
    }
    if (pair) ++c;
  }
  return joined;
}

Rows Transposed(const Rows& rows) {
  Rows columns(rows[0].size());
  for (const auto& row : rows) {
    for (size_t c = 0; c < row.size(); ++c) columns[c].push_back(row[c]);
  }
  return columns;
}

std::string Padded(const std::string& text, size_t width) {
  double number;
  const std::string space(width - std::min(width, Width(text)), ' ');
  return absl::SimpleAtod(text, &number) ? space + text : text + space;
}

std::string Aligned(const Rows& rows) {
  std::vector<size_t> widths(rows[0].size());
  for (const auto& row : rows) {
    for (size_t c = 0; c < row.size(); ++c) widths[c] = std::max(widths[c], Width(row[c]));
  }
  std::string text;
  for (const auto& row : rows) {
    std::string line;
    for (size_t c = 0; c < row.size(); ++c) line += (c > 0 ? "  " : "") + Padded(row[c], widths[c]);
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
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

std::string Table::ToText(size_t most_rows) const {
  Rows rows = {columns_};
  rows.insert(rows.end(), rows_.begin(), rows_.begin() + std::min(rows_.size(), most_rows));
  rows = JoinDeviations(rows);
  std::string text = Aligned(rows);
  if (text.find('\n') > kScreen && rows.size() < rows[0].size()) text = Aligned(Transposed(rows));
  if (rows_.size() > most_rows) absl::StrAppend(&text, "and ", rows_.size() - most_rows, " rows more\n");
  return text;
}

}  // namespace dl
