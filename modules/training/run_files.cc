#include "modules/training/run_files.h"

#include <cstdlib>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "modules/base/file.h"
#include "modules/primitives/libraries.h"
#include "modules/primitives/threads.h"
#include "nlohmann/json.hpp"

namespace dl {
namespace {

// The processor's name as the kernel gives it.
std::string CpuName() {
  std::ifstream in("/proc/cpuinfo");
  for (std::string line; std::getline(in, line);) {
    const size_t colon = line.find(": ");
    if (line.rfind("model name", 0) == 0 && colon != std::string::npos) return line.substr(colon + 2);
  }
  return "unknown";
}

}  // namespace

std::map<std::string, std::string> MachineFacts() {
  const char* coretype = std::getenv("OPENBLAS_CORETYPE");
  return {{"cpu", CpuName()},
          {"threads", absl::StrCat(ThreadCount())},
          {"instruction_set", InstructionSet()},
          {"openblas_coretype", coretype != nullptr ? coretype : "unset"}};
}

std::string RunJson(const RunTitle& title, const ExperimentResult& result,
                    const std::map<std::string, std::string>& flags) {
  const nlohmann::ordered_json json = {{"experiment", title.name},
                                       {"question", title.question},
                                       {"status", "complete"},
                                       {"flags", flags},
                                       {"seeds", result.seeds},
                                       {"machine", MachineFacts()},
                                       {"versions", LibraryVersions()},
                                       {"datasets", result.datasets}};
  return json.dump(2) + "\n";
}

absl::Status WriteRunFiles(const std::string& directory, const RunTitle& title, const ExperimentResult& result,
                           const std::map<std::string, std::string>& flags) {
  if (absl::Status status = MakeFolder(directory); !status.ok()) return status;
  std::map<std::string, std::string> files = result.files;
  files["metrics.csv"] = result.metrics.ToCsv();
  files["summary.csv"] = result.summary.ToCsv();
  files["run.json"] = RunJson(title, result, flags);
  for (const auto& [name, text] : files) {
    if (absl::Status status = WriteFile(absl::StrCat(directory, "/", name), text); !status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace dl
