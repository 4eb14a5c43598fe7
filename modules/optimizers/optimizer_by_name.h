// Optimizers by name, each a chain of one line: what a flag --optimizers=sgd,adam:beta2=0.99 means.
#ifndef MODULES_OPTIMIZERS_OPTIMIZER_BY_NAME_H_
#define MODULES_OPTIMIZERS_OPTIMIZER_BY_NAME_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "modules/optimizers/optimizer.h"

namespace dl {

struct NamedOptimizer {
  std::string name;     // as it was asked for: "adam:beta2=0.99"
  double typical_rate;  // where a search for the best rate may begin
  std::function<std::unique_ptr<Optimizer>(std::vector<Variable> parameters, Schedule rate)> make;
};

// "sgd", "momentum", "nesterov", "adagrad", ... in the order of the chapter.
std::vector<std::string> OptimizerNames();

// The optimizer NAME, or NAME:KEY=VALUE:... with other settings than its usual ones. InvalidArgument on an unknown name
// or key, which lists the valid ones, and on an impossible value.
absl::StatusOr<NamedOptimizer> ParseOptimizer(const std::string& name);

// The same of a list; InvalidArgument also where it is empty or names one twice.
absl::StatusOr<std::vector<NamedOptimizer>> ParseOptimizers(const std::vector<std::string>& names);

}  // namespace dl

#endif  // MODULES_OPTIMIZERS_OPTIMIZER_BY_NAME_H_
