#include "modules/training/figures.h"

#include <spawn.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "modules/base/file.h"
#include "nlohmann/json.hpp"

extern char** environ;

namespace dl {
namespace {

struct Figure {
  std::string name, experiment;
  std::vector<std::string> command;  // with {root}, {result} and {figure} in it
};

absl::StatusOr<std::vector<Figure>> ReadFigures(const std::string& path) {
  const auto text = ReadFile(path);
  if (!text.ok()) return text.status();
  std::vector<Figure> figures;
  const auto json = nlohmann::json::parse(*text, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object()) return absl::DataLossError(path + " is not the list of a module's figures");
  for (const auto& figure : json["figures"]) {
    figures.push_back({figure["name"], figure["experiment"], figure["command"]});
  }
  return figures;
}

// Whether the program ended well; standard error is ours.
bool RunProgram(const std::vector<std::string>& words) {
  std::vector<char*> argv;
  for (const std::string& word : words) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  pid_t child;
  int state;
  return posix_spawn(&child, argv[0], nullptr, nullptr, argv.data(), environ) == 0 &&
         waitpid(child, &state, 0) == child && WIFEXITED(state) && WEXITSTATUS(state) == 0;
}

}  // namespace

absl::StatusOr<std::vector<std::string>> DrawFigures(const std::string& experiment, const std::string& directory) {
  const char* root = std::getenv("DL_FIGURES");
  if (root == nullptr) return std::vector<std::string>();
  const auto figures = ReadFigures(absl::StrCat(root, "/figures.json"));
  if (!figures.ok()) return figures.status();
  std::vector<std::string> drawn;
  for (const Figure& figure : *figures) {
    if (figure.experiment != experiment) continue;
    std::vector<std::string> command;
    for (const std::string& word : figure.command) {
      command.push_back(absl::StrReplaceAll(
          word, {{"{root}", root}, {"{result}", directory}, {"{figure}", absl::StrCat(directory, "/", figure.name)}}));
    }
    if (RunProgram(command)) drawn.push_back(figure.name);
  }
  return drawn;
}

}  // namespace dl
