#include "modules/training/testing.h"

#include <algorithm>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "modules/base/check.h"

namespace dl::testing {

absl::StatusOr<ExperimentResult> RunExperiment(Experiment& experiment, const std::vector<std::string>& arguments) {
  FlagSet flags("");
  experiment.AddFlags(flags);
  if (auto words = flags.Parse(arguments); !words.ok()) return words.status();
  std::ostringstream out;
  Progress progress(out, {});
  return experiment.Run(progress);
}

std::vector<std::string> SummaryColumn(const ExperimentResult& result, const std::string& column) {
  const std::vector<std::string>& columns = result.summary.columns();
  const auto found = std::find(columns.begin(), columns.end(), column);
  DL_CHECK(found != columns.end()) << "SummaryColumn: there is no " << column;
  std::vector<std::string> cells;
  for (const auto& row : result.summary.rows()) cells.push_back(row[found - columns.begin()]);
  return cells;
}

Predictions SurePredictions(int64_t classes, const std::vector<int32_t>& truth, const std::vector<int32_t>& predicted) {
  DL_CHECK(truth.size() == predicted.size()) << "SurePredictions: " << truth.size() << " and " << predicted.size();
  Predictions predictions{Tensor::Zeros({static_cast<int64_t>(truth.size()), classes}), truth, {}};
  for (int64_t c = 0; c < classes; ++c) predictions.class_names.push_back(absl::StrCat("class ", c));
  float* row = predictions.probabilities.mutable_data();
  for (size_t i = 0; i < predicted.size(); ++i, row += classes) row[predicted[i]] = 1;
  return predictions;
}

}  // namespace dl::testing
