#include "tools/results/result.h"

#include <filesystem>

#include "modules/base/file.h"

namespace dl {
namespace {

absl::Status InFile(const std::string& path, const absl::Status& status) {
  return absl::DataLossError(path + ": " + std::string(status.message()));
}

}  // namespace

absl::StatusOr<Result> ReadResult(const std::vector<std::string>& paths) {
  Result result;
  bool has_run = false;
  for (const std::string& path : paths) {
    const std::filesystem::path name = std::filesystem::path(path).filename();
    if (name != "run.json" && name.extension() != ".csv") continue;
    const auto text = ReadFile(path);
    if (!text.ok()) return text.status();
    if (name == "run.json") {
      auto run = ParseRunRecord(*text);
      if (!run.ok()) return InFile(path, run.status());
      result.run = *std::move(run);
      has_run = true;
    } else {
      auto table = ParseCsv(*text);
      if (!table.ok()) return InFile(path, table.status());
      result.tables[name.string()] = *std::move(table);
    }
  }
  if (!has_run) return absl::NotFoundError("a result without run.json");
  for (const auto& [name, table] : result.tables) {
    if (result.run.complete && table.rows.empty()) {
      return absl::DataLossError(result.run.experiment + ": the run is complete, but " + name + " has no rows");
    }
  }
  return result;
}

absl::StatusOr<Results> ReadResults(const std::vector<std::string>& words) {
  std::map<std::string, std::vector<std::string>> paths;
  for (const std::string& word : words) {
    const size_t equals = word.find('=');
    if (equals == std::string::npos) return absl::InvalidArgumentError("'" + word + "' is not NAME=PATH");
    paths[word.substr(0, equals)].push_back(word.substr(equals + 1));
  }
  Results results;
  for (const auto& [name, files] : paths) {
    auto result = ReadResult(files);
    if (!result.ok()) return result.status();
    results[name] = *std::move(result);
  }
  return results;
}

}  // namespace dl
