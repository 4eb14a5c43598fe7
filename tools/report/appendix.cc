#include "tools/report/appendix.h"

#include <algorithm>

namespace dl {
namespace {

using Texts = std::map<std::string, std::string>;

constexpr size_t kDigits = 8;  // of a checksum: enough to tell two apart

// "BEFORE name BETWEEN value`, ...", or "none".
std::string Joined(const Texts& texts, const std::string& before, const std::string& between) {
  std::string text;
  for (const auto& [name, value] : texts) text += (text.empty() ? "" : ", ") + before + name + between + value + "`";
  return text.empty() ? "none" : text;
}

std::string Entry(const std::string& term, const Texts& texts) {
  return "- " + term + ": " + Joined(texts, "", " `") + "\n";
}

std::string MachineAndVersions(const RunRecord& run) {
  return Entry("machine", run.machine) + Entry("versions", run.versions);
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

// One paragraph: what to type, seeds and data.
std::string Paragraph(const std::string& name, const RunRecord& run) {
  const std::string head = "**`" + name + "`** ";
  if (!run.complete) return head + "*not run: " + run.reason + "*\n\n";
  std::string seeds;
  for (int64_t seed : run.seeds) seeds += (seeds.empty() ? "" : ", ") + std::to_string(seed);
  Texts datasets = run.datasets;
  for (auto& [dataset, checksum] : datasets) checksum.resize(std::min(checksum.size(), kDigits));
  return head + "`run " + run.experiment + "` with " + Joined(run.flags, "`--", "=") + "; seeds " +
         (seeds.empty() ? "none" : seeds) + "; data " + Joined(datasets, "", " `") + ".\n\n";
}

}  // namespace

std::string Appendix(const Results& results) {
  const std::string shared = Shared(results);
  std::string text = "# How the numbers came about {#runs .unnumbered}\n\n";
  if (!shared.empty()) text += "All runs were made on one machine, with one set of libraries:\n\n" + shared + "\n";
  text += "Of each data set's SHA-256 the first digits are given; the rest is in the run's `run.json`.\n\n";
  for (const auto& [name, result] : results) {
    text += Paragraph(name, result.run);
    if (shared.empty() && result.run.complete) text += MachineAndVersions(result.run) + "\n";
  }
  return text;
}

}  // namespace dl
