// What the tests of experiments and of evaluation share.
#ifndef MODULES_TRAINING_TESTING_H_
#define MODULES_TRAINING_TESTING_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "modules/training/experiment.h"
#include "modules/training/predictions.h"

namespace dl::testing {

// What `experiment` returns when it is run with these flags; its progress is shown to nobody.
absl::StatusOr<ExperimentResult> RunExperiment(Experiment& experiment, const std::vector<std::string>& arguments);

// That column of its summary, from the first row to the last.
std::vector<std::string> SummaryColumn(const ExperimentResult& result, const std::string& column);

// A classifier that is sure of its answers: example i is of class truth[i] and taken for predicted[i] with
// probability 1. The classes are called "class 0", "class 1", ...
Predictions SurePredictions(int64_t classes, const std::vector<int32_t>& truth, const std::vector<int32_t>& predicted);

}  // namespace dl::testing

#endif  // MODULES_TRAINING_TESTING_H_
