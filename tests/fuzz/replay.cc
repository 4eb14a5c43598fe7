// Runs a fuzz target without a fuzzer: over files, and over copies of them that chance has damaged.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iostream>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "modules/base/exit_code.h"
#include "modules/base/file.h"
#include "modules/base/flags.h"
#include "modules/base/random.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace dl {
namespace {

struct Options {
  int64_t mutations = 0;
  uint64_t seed = 1;
};

// What means something in the formats that are read.
const std::vector<std::string> kTokens = {"{",
                                          "}",
                                          "[",
                                          "]",
                                          "\"",
                                          ",",
                                          ":",
                                          "0",
                                          "1",
                                          "8",
                                          "-",
                                          ".",
                                          "\\",
                                          "null",
                                          "1e9",
                                          "\\u0000",
                                          "18446744073709551615",
                                          "9223372036854775808",
                                          std::string(1, '\0'),
                                          "\x7f",
                                          "\x80\x02",
                                          "\xff"};

void Run(const std::string& bytes) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size());
}

// A place in `bytes`, its end included, and a stretch from there of up to 16 bytes.
struct Stretch {
  Stretch(const std::string& bytes, Random& random)
      : begin(random.Below(bytes.size() + 1)), size(random.Below(std::min<size_t>(bytes.size() - begin, 16) + 1)) {}
  size_t begin, size;
};

// One damage: a byte, a token over or before what is there, a stretch that goes, comes twice, or comes from another
// file.
void Damage(const std::string& other, Random& random, std::string& bytes) {
  const Stretch here(bytes, random), there(other, random);
  const std::string& token = kTokens[random.Below(kTokens.size())];
  switch (random.Below(6)) {
    case 0:
      if (here.begin < bytes.size()) bytes[here.begin] = static_cast<char>(random.Below(256));
      return;
    case 1:
      bytes.replace(here.begin, token.size(), token);
      return;
    case 2:
      bytes.insert(here.begin, token);
      return;
    case 3:
      bytes.erase(here.begin, here.size);
      return;
    case 4:
      bytes.insert(here.begin, bytes.substr(here.begin, here.size));
      return;
    default:
      bytes.replace(here.begin, here.size, other, there.begin, there.size);
  }
}

absl::StatusOr<std::vector<std::string>> ReadAll(const std::vector<std::string>& paths) {
  if (paths.empty()) return absl::InvalidArgumentError("no files to run; type: replay [--mutations=N] FILE...");
  std::vector<std::string> contents;
  for (const std::string& path : paths) {
    absl::StatusOr<std::string> content = ReadFile(UserPath(path));
    if (!content.ok()) return content.status();
    contents.push_back(*std::move(content));
  }
  return contents;
}

int Main(int argc, char** argv) {
  Options options;
  FlagSet flags("usage: replay [flags] FILE...: runs the target over each file; it stops where the target does");
  flags.Add("mutations", &options.mutations, "damaged copies to run too");
  flags.Add("seed", &options.seed, "of the damage");
  const absl::StatusOr<std::vector<std::string>> paths = flags.Parse(argc, argv);
  if (!paths.ok()) return ReportStatus(paths.status());
  if (flags.help_requested()) {
    std::cout << flags.Help();
    return kExitOk;
  }
  const absl::StatusOr<std::vector<std::string>> files = ReadAll(*paths);
  if (!files.ok()) return ReportStatus(files.status());
  for (const std::string& file : *files) Run(file);
  Random random(options.seed);
  for (int64_t i = 0; i < options.mutations; ++i) {
    std::string bytes = (*files)[random.Below(files->size())];
    for (int64_t damages = 1 + random.Below(4); damages > 0; --damages) {
      Damage((*files)[random.Below(files->size())], random, bytes);
    }
    Run(bytes);
  }
  std::cout << files->size() << " files, " << options.mutations << " damaged copies" << std::endl;
  return kExitOk;
}

}  // namespace
}  // namespace dl

int main(int argc, char** argv) { return dl::Main(argc, argv); }
