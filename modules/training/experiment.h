// An experiment: a question with a name, flags of its own, and results that it returns. Only the program that runs it
// writes files (module_main.h).
#ifndef MODULES_TRAINING_EXPERIMENT_H_
#define MODULES_TRAINING_EXPERIMENT_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "modules/base/flags.h"
#include "modules/training/progress.h"
#include "modules/training/table.h"

namespace dl {

struct ExperimentResult {
  Table metrics;  // what was measured as it went, one row an epoch or step
  Table summary;  // the answer, one row a setting: mean, standard deviation, n
  std::vector<uint64_t> seeds;
  std::map<std::string, std::string> datasets;    // name → SHA-256 of what was learned from
  std::map<std::string, std::string> files = {};  // name → content of what else there is to keep: "graph.dot"
};

class Experiment {
 public:
  virtual ~Experiment() = default;

  virtual std::string name() const = 0;      // says the question: "learning_curves"
  virtual std::string question() const = 0;  // one sentence, ending in a question mark

  // Registers the flags, which fill members; their present values are the defaults of a full run.
  virtual void AddFlags(FlagSet& flags) = 0;

  // Shrinks those values to a size that a tour can show: seconds, not minutes.
  virtual void UseDemoSize() = 0;

  // Where the real data sets are; empty for the usual places.
  virtual void set_data_dir(const std::string&) {}

  virtual absl::StatusOr<ExperimentResult> Run(Progress& progress) = 0;
};

}  // namespace dl

#endif  // MODULES_TRAINING_EXPERIMENT_H_
