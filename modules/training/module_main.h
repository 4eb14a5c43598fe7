// The program of a module: `list` names its experiments, `run NAME`, or NAME for short, runs one, and without words it
// gives the tour.
#ifndef MODULES_TRAINING_MODULE_MAIN_H_
#define MODULES_TRAINING_MODULE_MAIN_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "modules/training/experiment.h"

namespace dl {

// Another thing that a module's program does than to run an experiment: `bazel run //modules/NAME -- train --flags`.
struct Command {
  std::string name;                                                            // "train"
  std::string about;                                                           // what it does, a few words
  std::function<absl::Status(const std::vector<std::string>& arguments)> run;  // the words and flags behind its name
};

struct Module {
  std::string name;   // "backprop": the target is //modules/<name>
  std::string about;  // what it teaches, one sentence
  // In the order of the chapter, which is that of the tour.
  std::vector<std::unique_ptr<Experiment>> experiments = {};
  std::vector<Command> commands = {};
  std::vector<std::string> next = {};  // what to try after the tour: "run vanishing --activations=tanh"
};

// One of each of these, in this order.
template <typename... Experiments>
std::vector<std::unique_ptr<Experiment>> MakeExperiments() {
  std::vector<std::unique_ptr<Experiment>> experiments;
  (experiments.push_back(std::make_unique<Experiments>()), ...);
  return experiments;
}

// main() of the module's program; returns its exit code (base/exit_code.h). Results go to --output_dir, by default
// runs/<module>/<experiment> where the user stands, and the figures with them (figures.h).
int ModuleMain(int argc, char** argv, Module module);

}  // namespace dl

#endif  // MODULES_TRAINING_MODULE_MAIN_H_
