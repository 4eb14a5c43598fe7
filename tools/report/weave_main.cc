// Weaves the chapters of a book, in order, and its appendix into one Markdown text.
//
// Words: chapter=PATH, source=PATH, result:NAME=PATH (one for each file of the result NAME), plot:NAME=SVG,
// gif:NAME=GIF and not_run:NAME=PATH (see //tools/plot:draw).
#include <algorithm>
#include <iostream>

#include "absl/strings/str_cat.h"
#include "modules/base/exit_code.h"
#include "modules/base/flags.h"
#include "tools/report/appendix.h"
#include "tools/report/weaver.h"
#include "modules/base/file.h"

namespace dl {
namespace {

struct Inputs {
  std::vector<std::string> chapters, results;
  Library library;
};

absl::StatusOr<Inputs> ReadInputs(const std::vector<std::string>& words) {
  Inputs inputs;
  for (const std::string& word : words) {
    const size_t colon = word.find(':'), equals = word.find('=');
    if (equals == std::string::npos) return absl::InvalidArgumentError("'" + word + "' is not KIND=PATH");
    const std::string kind = word.substr(0, std::min(colon, equals)), path = word.substr(equals + 1);
    const std::string name = colon < equals ? word.substr(colon + 1, equals - colon - 1) : "";
    if (kind == "chapter") {
      inputs.chapters.push_back(path);
      continue;
    }
    if (kind == "result") {
      inputs.results.push_back(absl::StrCat(name, "=", path));
      continue;
    }
    auto text = ReadFile(path);
    if (!text.ok()) return text.status();
    if (kind == "source") {
      inputs.library.sources[path] = *std::move(text);
    } else if (kind == "plot") {
      inputs.library.figures[name].drawn = !text->empty();
    } else if (kind == "gif") {
      inputs.library.figures[name].animated = !text->empty();
    } else if (kind == "not_run") {
      inputs.library.figures[name].not_run = *std::move(text);
    } else {
      return absl::InvalidArgumentError("'" + word + "': unknown kind '" + kind + "'");
    }
  }
  auto results = ReadResults(inputs.results);
  if (!results.ok()) return results.status();
  inputs.library.results = *std::move(results);
  return inputs;
}

absl::Status WeaveBook(const std::vector<std::string>& words, const std::string& output) {
  const auto inputs = ReadInputs(words);
  if (!inputs.ok()) return inputs.status();
  std::string book;
  for (const std::string& path : inputs->chapters) {
    const auto text = ReadFile(path);
    if (!text.ok()) return text.status();
    const auto woven = Weave(path, *text, inputs->library);
    if (!woven.ok()) return woven.status();
    absl::StrAppend(&book, *woven, "\n\n");  // a list at the end must not swallow the next heading
  }
  return WriteFile(output, book + Appendix(inputs->library.results));
}

int Main(int argc, char** argv) {
  std::string output;
  FlagSet flags("usage: weave --output=FILE KIND[:NAME]=PATH...");
  flags.Add("output", &output, "the woven Markdown");
  const auto words = flags.Parse(argc, argv);
  if (!words.ok()) return ReportStatus(words.status());
  if (flags.help_requested()) {
    std::cout << flags.Help();
    return kExitOk;
  }
  return ReportStatus(WeaveBook(*words, output));
}

}  // namespace
}  // namespace dl

int main(int argc, char** argv) { return dl::Main(argc, argv); }
