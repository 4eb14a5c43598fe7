#include "tools/report/appendix.h"

namespace dl {
namespace {

using Texts = std::map<std::string, std::string>;

// A definition list's entry: "**term**: BEFORE name BETWEEN value AFTER, ...".
std::string Entry(const std::string& term, const Texts& texts, const std::string& before, const std::string& between) {
  std::string text;
  for (const auto& [name, value] : texts) {
    text += (text.empty() ? "" : ", ") + before + name + between + value + "`";
  }
  return "- " + term + ": " + (text.empty() ? "none" : text) + "\n";
}

std::string MachineAndVersions(const RunRecord& run) {
  return Entry("machine", run.machine, "", " `") + Entry("versions", run.versions, "", " `");
}

// What all complete runs have in common, or "".
std::string Shared(const Results& results) {
  std::string shared;
  for (const auto& [name, result] : results) {
    if (!result.run.complete) continue;
    const std::string own = MachineAndVersions(result.run);
    if (!shared.empty() && own != shared) return "";
    shared = own;
  }
  return shared;
}

}  // namespace

std::string Appendix(const Results& results) {
  const std::string shared = Shared(results);
  std::string text = "# How the numbers came about {#runs .unnumbered}\n\n";
  if (!shared.empty()) text += "All runs were made on one machine, with one set of libraries:\n\n" + shared + "\n";
  for (const auto& [name, result] : results) {
    const RunRecord& run = result.run;
    text += "## `" + name + "` {.unnumbered .unlisted}\n\n";
    if (!run.complete) {
      text += "*not run: " + run.reason + "*\n\n";
      continue;
    }
    std::string seeds;
    for (int64_t seed : run.seeds) seeds += (seeds.empty() ? "" : ", ") + std::to_string(seed);
    text += run.question + "\n\n";
    text += "- experiment: `" + run.experiment + "`\n";
    text += "- seeds: " + (seeds.empty() ? "none" : seeds) + "\n";
    text += Entry("flags", run.flags, "`--", "=");
    text += Entry("data, by SHA-256", run.datasets, "", " `");
    if (shared.empty()) text += MachineAndVersions(run);
    text += "\n";
  }
  return text;
}

}  // namespace dl
