// The files of one run: run.json (what ran, where, on what), metrics.csv, summary.csv, and those that the experiment
// adds.
#ifndef MODULES_TRAINING_RUN_FILES_H_
#define MODULES_TRAINING_RUN_FILES_H_

#include <map>
#include <string>

#include "absl/status/status.h"
#include "modules/training/experiment.h"

namespace dl {

// "cpu", "threads", "instruction_set" and "openblas_coretype" (the environment variable, which changes OpenBLAS's
// speed).
std::map<std::string, std::string> MachineFacts();

// What was run, and to find out what.
struct RunTitle {
  std::string name, question;
};

// The text of run.json; `flags` are the names and values that the run used.
std::string RunJson(const RunTitle& title, const ExperimentResult& result,
                    const std::map<std::string, std::string>& flags);

// Writes them into `directory`, which is made if needed; each appears whole or not at all. PermissionDenied or
// ResourceExhausted name the file.
absl::Status WriteRunFiles(const std::string& directory, const RunTitle& title, const ExperimentResult& result,
                           const std::map<std::string, std::string>& flags);

}  // namespace dl

#endif  // MODULES_TRAINING_RUN_FILES_H_
