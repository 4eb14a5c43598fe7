// Numbers and tables as the book prints them.
#ifndef TOOLS_REPORT_TABLE_H_
#define TOOLS_REPORT_TABLE_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "tools/results/csv.h"

namespace dl {

// All must hold: the field of column `first` is `second`.
using Condition = std::vector<std::pair<std::string, std::string>>;

// The rows of `table` in which `where` holds. InvalidArgument where a column does not exist or no row is left.
absl::StatusOr<CsvTable> Select(const CsvTable& table, const Condition& where);

// Row `row` of column `name` as Markdown. Where the table has NAME_mean and NAME_std instead, "0.912 ± 0.003", with
// blanks at which no line is broken.
// `format`:
//   text      as it stands (what an empty format means for a plain column)
//   fixedN    N digits after the point (fixed3 is what an empty format means for a mean)
//   percentN  times 100, N digits after the point, and the unit: "91.2 ± 0.3 %"; percent is percent1
//   scientificN  N digits after the point and a power of ten, as mathematics: "$1.2 \cdot 10^{-5}$"
//   integer   no digits after the point
// An empty field is "–". InvalidArgument on an unknown column or format, DataLoss where a format needs a number and the
// field is none.
absl::StatusOr<std::string> FormatField(const CsvTable& table, size_t row, const std::string& name,
                                        const std::string& format);

// A Markdown pipe table of `columns`, each NAME, or NAME:FORMAT; an empty FORMAT is `format` where the column is
// numeric. A cell with mean and standard deviation ends with "(n = 3)" where the table has a column n that
// is not one of `columns`. Numbers are aligned to the right, and headings have blanks in place of underscores. The rule
// below the headings is as long as the widest cell: where the table is wider than the page, Pandoc shares the width out
// in these proportions.
absl::StatusOr<std::string> MarkdownTable(const CsvTable& table, const std::vector<std::string>& columns,
                                          const std::string& format);

}  // namespace dl

#endif  // TOOLS_REPORT_TABLE_H_
