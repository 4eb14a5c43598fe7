// A table of results: what an experiment returns, a CSV file holds and a terminal shows.
#ifndef MODULES_TRAINING_TABLE_H_
#define MODULES_TRAINING_TABLE_H_

#include <concepts>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace dl {

// The text of one field; a floating-point number is written so that reading it back gives the same to six digits.
struct Cell {
  Cell(const char* t) : text(t) {}             // NOLINT(google-explicit-constructor)
  Cell(std::string t) : text(std::move(t)) {}  // NOLINT(google-explicit-constructor)
  template <std::integral T>
  Cell(T number) : text(absl::StrCat(number)) {}  // NOLINT(google-explicit-constructor)
  template <std::floating_point T>
  Cell(T number) : text(absl::StrFormat("%.6g", number)) {}  // NOLINT(google-explicit-constructor)

  std::string text;
};

class Table {
 public:
  explicit Table(std::vector<std::string> columns) : columns_(std::move(columns)) {}

  // As many cells as columns.
  void AddRow(std::vector<Cell> cells);

  const std::vector<std::string>& columns() const { return columns_; }
  const std::vector<std::vector<std::string>>& rows() const { return rows_; }

  // RFC 4180: a header line, commas, quotes where a field needs them, "\n" after each line.
  std::string ToCsv() const;

  // For a terminal: columns aligned by spaces, numbers to the right; X_mean and X_std as one column, "0.912 ± 0.003"; a
  // table of few rows that is wider than a screen is turned on its side, and of more than `most_rows` the first are shown.
  std::string ToText(size_t most_rows = 100) const;

 private:
  std::vector<std::string> columns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace dl

#endif  // MODULES_TRAINING_TABLE_H_
