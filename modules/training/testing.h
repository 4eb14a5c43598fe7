// What the tests of experiments share.
#ifndef MODULES_TRAINING_TESTING_H_
#define MODULES_TRAINING_TESTING_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "modules/training/experiment.h"

namespace dl::testing {

// What `experiment` returns when it is run with these flags; its progress is shown to nobody.
absl::StatusOr<ExperimentResult> RunExperiment(Experiment& experiment, const std::vector<std::string>& arguments);

}  // namespace dl::testing

#endif  // MODULES_TRAINING_TESTING_H_
