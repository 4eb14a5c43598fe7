#include "modules/cnn/commands/command.h"

#include <iostream>

#include "absl/strings/str_cat.h"
#include "modules/base/file.h"
#include "modules/training/figures.h"

namespace dl {

absl::StatusOr<bool> ParseFlags(FlagSet& flags, const std::vector<std::string>& arguments) {
  const auto words = flags.Parse(arguments);
  if (!words.ok()) return words.status();
  if (flags.help_requested()) {
    std::cout << flags.Help();
    return false;
  }
  if (words->empty()) return true;
  return absl::InvalidArgumentError(absl::StrCat("unexpected word '", words->front(), "'"));
}

absl::Status HandOver(const std::string& folder, const RunTitle& title, const ExperimentResult& result,
                      const std::map<std::string, std::string>& flags) {
  const std::string path = UserPath(folder);
  if (absl::Status status = WriteRunFiles(path, title, result, flags); !status.ok()) return status;
  const auto figures = DrawFigures(title.name, path);
  if (!figures.ok()) return figures.status();
  for (const std::string& figure : *figures) std::cout << "Figure: " << path << "/" << figure << ".svg\n";
  if (result.files.count("errors.png") > 0) std::cout << "Surest mistakes: " << path << "/errors.png\n";
  std::cout << "Results: " << path << std::endl;
  return absl::OkStatus();
}

}  // namespace dl
