#include "modules/training/testing.h"

#include <sstream>

namespace dl::testing {

absl::StatusOr<ExperimentResult> RunExperiment(Experiment& experiment, const std::vector<std::string>& arguments) {
  FlagSet flags("");
  experiment.AddFlags(flags);
  if (auto words = flags.Parse(arguments); !words.ok()) return words.status();
  std::ostringstream out;
  Progress progress(out, {});
  return experiment.Run(progress);
}

}  // namespace dl::testing
