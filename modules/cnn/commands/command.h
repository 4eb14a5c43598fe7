// What the commands of a module share: how they read their flags and hand over what they found.
#ifndef MODULES_CNN_COMMANDS_COMMAND_H_
#define MODULES_CNN_COMMANDS_COMMAND_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "modules/base/flags.h"
#include "modules/training/run_files.h"

namespace dl {

// Sets the flags; a command takes no words beside them. False where help was asked for: then it was printed.
absl::StatusOr<bool> ParseFlags(FlagSet& flags, const std::vector<std::string>& arguments);

// Writes the files of the run into `folder`, as the user typed it, draws its figures there, and names them on standard
// output. Errors are WriteRunFiles' and DrawFigures'.
absl::Status HandOver(const std::string& folder, const RunTitle& title, const ExperimentResult& result,
                      const std::map<std::string, std::string>& flags);

}  // namespace dl

#endif  // MODULES_CNN_COMMANDS_COMMAND_H_
