#include "tools/plot/bands.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"

namespace dl {
namespace {

using Samples = std::map<std::string, std::vector<double>>;  // by the measurement's name
using Curve = std::map<double, Samples>;                     // by x
using Key = std::vector<std::string>;                        // the group's fields

absl::StatusOr<double> ToNumber(const std::string& text) {
  double number;
  if (!absl::SimpleAtod(text, &number)) return absl::DataLossError("'" + text + "' is not a number");
  return number;
}

bool Contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Adds the rows of `table` to their curves.
absl::Status Collect(const CsvTable& table, const BandsOptions& options, std::map<Key, Curve>* curves) {
  std::vector<size_t> group;
  for (const std::string& name : options.group) {
    const auto column = ColumnIndex(table, name);
    if (!column.ok()) return column.status();
    group.push_back(*column);
  }
  const auto x_column = ColumnIndex(table, options.x);
  if (!x_column.ok()) return x_column.status();
  for (const auto& row : table.rows) {
    Key key;
    for (size_t column : group) key.push_back(row[column]);
    const auto x = ToNumber(row[*x_column]);
    if (!x.ok()) return x.status();
    Samples& samples = (*curves)[key][*x];
    for (size_t c = 0; c < row.size(); ++c) {
      const std::string& name = table.columns[c];
      if (name == options.x || name == options.sample || Contains(options.group, name) || row[c].empty()) continue;
      const auto sample = ToNumber(row[c]);
      if (!sample.ok()) return sample.status();
      samples[name].push_back(*sample);
    }
  }
  return absl::OkStatus();
}

// The fields of `key` in which not all groups agree; its last field where there is but one group.
std::string Label(const Key& key, const std::map<Key, Curve>& curves) {
  std::vector<std::string> fields;
  for (size_t i = 0; i < key.size(); ++i) {
    const bool differs = std::any_of(curves.begin(), curves.end(), [&](const auto& c) { return c.first[i] != key[i]; });
    if (differs) fields.push_back(key[i]);
  }
  if (fields.empty() && !key.empty()) fields = {key.back()};
  return absl::StrReplaceAll(absl::StrJoin(fields, ", "), {{"\"", "'"}, {"\n", " "}});
}

// "MEAN STD" of the samples.
std::string MeanAndDeviation(const std::vector<double>& samples) {
  if (samples.empty()) return "NaN NaN";
  double sum = 0, squares = 0;
  for (double sample : samples) sum += sample;
  const double n = static_cast<double>(samples.size()), mean = sum / n;
  for (double sample : samples) squares += (sample - mean) * (sample - mean);
  return absl::StrCat(mean, " ", n > 1 ? std::sqrt(squares / (n - 1)) : 0.0);
}

}  // namespace

absl::StatusOr<std::string> Bands(const std::vector<CsvTable>& tables, const BandsOptions& options) {
  std::map<Key, Curve> curves;
  for (const CsvTable& table : tables) {
    if (const absl::Status status = Collect(table, options, &curves); !status.ok()) return status;
  }
  std::set<std::string> names;
  for (const auto& [key, curve] : curves) {
    for (const auto& [x, samples] : curve) {
      for (const auto& [name, values] : samples) names.insert(name);
    }
  }
  std::string text;
  for (auto& [key, curve] : curves) {
    if (!text.empty()) text += "\n\n";
    absl::StrAppend(&text, "\"", Label(key, curves), "\"");
    for (const std::string& name : names) absl::StrAppend(&text, " ", name, "_mean ", name, "_std");
    for (auto& [x, samples] : curve) {
      absl::StrAppend(&text, "\n", x);
      for (const std::string& name : names) absl::StrAppend(&text, " ", MeanAndDeviation(samples[name]));
    }
    text += "\n";
  }
  return text;
}

}  // namespace dl
