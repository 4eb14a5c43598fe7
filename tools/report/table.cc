#include "tools/report/table.h"

#include <algorithm>
#include <cmath>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "modules/base/nearest_name.h"

namespace dl {
namespace {

// How a number is printed: times `scale`, `digits` after the point, then `unit`. A negative `digits`: as it stands.
struct NumberFormat {
  int digits = -1;
  double scale = 1;
  std::string unit = "";
};

constexpr char kNone[] = "–";  // in place of an empty field
constexpr char kNoBreak[] = "\u00a0";  // a blank at which no line is broken
constexpr size_t kGap = 3;  // between columns, in letters

constexpr std::string_view kScientific = "scientific";

// "$1.2 \cdot 10^{-5}$", or with a deviation "$(1.2 \pm 0.3) \cdot 10^{-5}$"; 0 and what is not finite as it stands.
absl::StatusOr<std::string> Scientific(const std::string& field, const std::string* deviation, int digits) {
  double number, spread = 0;
  if (!absl::SimpleAtod(field, &number)) return absl::DataLossError("'" + field + "' is not a number");
  if (deviation != nullptr && !absl::SimpleAtod(*deviation, &spread)) {
    return absl::DataLossError("'" + *deviation + "' is not a number");
  }
  if (number == 0 || !std::isfinite(number)) return field;
  int exponent = static_cast<int>(std::floor(std::log10(std::abs(number))));
  if (std::abs(number) * std::pow(10.0, digits - exponent) + 0.5 >= std::pow(10.0, digits + 1))
    ++exponent;  // 9.96 → 10.0
  const double unit = std::pow(10.0, exponent);
  const std::string mantissa = absl::StrFormat("%.*f", digits, number / unit);
  return absl::StrCat(
      "$", deviation == nullptr ? mantissa : absl::StrFormat("(%s \\pm %.*f)", mantissa, digits, spread / unit),
      " \\cdot 10^{", exponent, "}$");
}

absl::StatusOr<NumberFormat> ParseFormat(const std::string& name) {
  if (name == "text") return NumberFormat{};
  if (name == "integer") return NumberFormat{.digits = 0};
  if (name == "percent") return NumberFormat{1, 100, " %"};
  const bool one_digit = !name.empty() && absl::ascii_isdigit(name.back());
  const std::string stem = one_digit ? name.substr(0, name.size() - 1) : name;
  if (one_digit && stem == "fixed") return NumberFormat{.digits = name.back() - '0'};
  if (one_digit && stem == "percent") return NumberFormat{name.back() - '0', 100, " %"};
  return UnknownName("format", name, {"text", "integer", "percent", "percent2", "fixed3", "scientific1"});
}

// The field without its unit.
absl::StatusOr<std::string> FormatNumber(const std::string& field, const NumberFormat& format) {
  if (format.digits < 0) return field;
  double number;
  if (!absl::SimpleAtod(field, &number)) return absl::DataLossError("'" + field + "' is not a number");
  return absl::StrFormat("%.*f", format.digits, format.scale * number);
}

std::string EscapeMarkdown(const std::string& text) {
  return absl::StrReplaceAll(
      text, {{"|", "\\|"}, {"_", "\\_"}, {"*", "\\*"}, {"$", "\\$"}, {"<", "\\<"}, {"`", "\\`"}, {"\n", " "}});
}

// Letters as printed, not bytes, nor the commands of mathematics.
size_t Length(const std::string& markdown) {
  const std::string text =
      absl::StrReplaceAll(markdown, {{"$", ""}, {"\\cdot", "."}, {"\\pm", "+"}, {"^{", ""}, {"}", ""}});
  return std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; });
}

bool IsMean(const CsvTable& table, const std::string& name) {
  return !HasColumn(table, name) && HasColumn(table, name + "_mean") && HasColumn(table, name + "_std");
}

bool IsNumeric(const CsvTable& table, const std::string& name) {
  const auto column = ColumnIndex(table, IsMean(table, name) ? name + "_mean" : name);
  double number;
  for (const auto& row : table.rows) {
    if (!column.ok()) return false;
    if (!row[*column].empty() && !absl::SimpleAtod(row[*column], &number)) return false;
  }
  return true;
}

}  // namespace

absl::StatusOr<CsvTable> Select(const CsvTable& table, const Condition& where) {
  CsvTable selected = table;
  for (const auto& [name, value] : where) {
    const auto column = ColumnIndex(selected, name);
    if (!column.ok()) return column.status();
    std::vector<std::vector<std::string>> rows;
    std::vector<std::string> seen;
    for (const auto& row : selected.rows) {
      seen.push_back(row[*column]);
      if (seen.back() == value) rows.push_back(row);
    }
    if (rows.empty()) return UnknownName(name, value, seen);
    selected.rows = std::move(rows);
  }
  return selected;
}

absl::StatusOr<std::string> FormatField(const CsvTable& table, size_t row, const std::string& name,
                                        const std::string& format) {
  const bool is_mean = IsMean(table, name);
  const auto column = ColumnIndex(table, is_mean ? name + "_mean" : name);
  if (!column.ok()) return column.status();
  if (table.rows[row][*column].empty()) return kNone;
  if (format.size() == kScientific.size() + 1 && format.rfind(kScientific, 0) == 0 &&
      absl::ascii_isdigit(format.back())) {
    const auto& fields = table.rows[row];
    return Scientific(fields[*column], is_mean ? &fields[ColumnIndex(table, name + "_std").value()] : nullptr,
                      format.back() - '0');
  }
  const auto parsed = ParseFormat(!format.empty() ? format : is_mean ? "fixed3" : "text");
  if (!parsed.ok()) return parsed.status();
  const auto value = FormatNumber(table.rows[row][*column], *parsed);
  if (!value.ok()) return value.status();
  if (!is_mean) return EscapeMarkdown(*value) + parsed->unit;
  const auto deviation = FormatNumber(table.rows[row][ColumnIndex(table, name + "_std").value()], *parsed);
  if (!deviation.ok()) return deviation.status();
  return absl::StrReplaceAll(absl::StrCat(*value, " ± ", *deviation, parsed->unit), {{" ", kNoBreak}});
}

absl::StatusOr<std::string> MarkdownTable(const CsvTable& table, const std::vector<std::string>& columns,
                                          const std::string& format) {
  std::string head = "|", rule = "|";
  std::vector<std::string> body(table.rows.size(), "|");
  const bool shows_n = std::find(columns.begin(), columns.end(), "n") != columns.end();
  for (const std::string& column : columns) {
    const size_t colon = column.find(':');
    const std::string name = column.substr(0, colon);
    const bool numeric = IsNumeric(table, name);
    const std::string column_format = colon != std::string::npos ? column.substr(colon + 1)
                                      : numeric && name != "n"   ? format
                                                                 : "";
    const std::string heading = absl::StrReplaceAll(name, {{"_", " "}});
    size_t widest = 0;  // a heading may be broken between its words
    for (absl::string_view word : absl::StrSplit(heading, ' ')) widest = std::max(widest, word.size());
    const auto n = IsMean(table, name) && !shows_n ? ColumnIndex(table, "n") : absl::NotFoundError("");
    for (size_t row = 0; row < body.size(); ++row) {
      auto cell = FormatField(table, row, name, column_format);
      if (!cell.ok()) return cell.status();
      if (n.ok()) absl::StrAppend(&*cell, " (n = ", table.rows[row][*n], ")");
      widest = std::max(widest, Length(*cell));
      absl::StrAppend(&body[row], " ", *cell, " |");
    }
    const std::string dashes(std::max<size_t>(widest, 3) + kGap, '-');
    absl::StrAppend(&head, " ", heading, " |");
    absl::StrAppend(&rule, numeric ? dashes + ":|" : ":" + dashes + "|");
  }
  std::string text = head + "\n" + rule + "\n";
  for (const std::string& line : body) text += line + "\n";
  return text;
}

}  // namespace dl
