#include "tools/report/weaver.h"

#include <algorithm>
#include <filesystem>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "modules/base/nearest_name.h"
#include "tools/report/directive.h"
#include "tools/report/region.h"
#include "tools/report/table.h"

namespace dl {
namespace {

using Woven = absl::StatusOr<std::string>;

// The value of `name` in `map`; InvalidArgument with the nearest name where there is none.
template <typename Map>
absl::StatusOr<const typename Map::mapped_type*> Find(const std::string& what, const Map& map,
                                                      const std::string& name) {
  if (const auto found = map.find(name); found != map.end()) return &found->second;
  std::vector<std::string> names;
  for (const auto& [key, value] : map) names.push_back(key);
  return UnknownName(what, name, names);
}

absl::Status NeedWords(const Directive& directive, size_t count, const std::string& usage) {
  if (directive.words.size() == count) return absl::OkStatus();
  return absl::InvalidArgumentError("write it as <!-- " + directive.kind + ": " + usage + " -->");
}

std::string NotRun(const std::string& reason) { return "*not run: " + reason + "*"; }

std::string FencedDiv(const std::string& kind, const std::string& id, const std::string& body,
                      const std::string& caption) {
  return absl::StrCat("::: {.", kind, " #", kind, ":", id, "}\n", body, "\n", caption, "\n:::\n");
}

std::string Language(const std::string& path) {
  const std::string extension = std::filesystem::path(path).extension().string();
  if (extension == ".cc" || extension == ".h") return "cpp";
  if (extension == ".sh") return "bash";
  if (extension == ".py" || extension == ".bzl" || std::filesystem::path(path).filename() == "BUILD") return "python";
  return "text";
}

Woven WeaveCode(const Directive& directive, const Library& library) {
  if (const auto status = NeedWords(directive, 1, "PATH#REGION"); !status.ok()) return status;
  const std::vector<std::string> parts = absl::StrSplit(directive.words[0], absl::MaxSplits('#', 1));
  const auto source = Find("source file", library.sources, parts[0]);
  if (!source.ok()) return source.status();
  Woven code = parts.size() == 2 ? ExtractRegion(**source, parts[1]) : Woven(**source);
  if (!code.ok()) return absl::InvalidArgumentError(absl::StrCat(parts[0], ": ", code.status().message()));
  return absl::StrCat("````{.", Language(parts[0]), " file=\"", parts[0], "\"}\n", *code, "````\n");
}

Woven WeaveTable(const Directive& directive, const Library& library) {
  if (const auto status = NeedWords(directive, 2, "RESULT FILE columns=A,B | caption"); !status.ok()) return status;
  const auto result = Find("result", library.results, directive.words[0]);
  if (!result.ok()) return result.status();
  if (!(*result)->run.complete) return NotRun((*result)->run.reason) + "\n";
  const auto table = Find("file", (*result)->tables, directive.words[1]);
  if (!table.ok()) return table.status();
  const auto rows = Select(**table, directive.where);
  if (!rows.ok()) return rows.status();
  const auto option = [&](const std::string& name) {
    const auto found = directive.options.find(name);
    return found == directive.options.end() ? std::string() : found->second;
  };
  std::vector<std::string> columns = rows->columns;
  if (!option("columns").empty()) columns = absl::StrSplit(option("columns"), ',');
  const Woven text = MarkdownTable(*rows, columns, option("format"));
  if (!text.ok()) return text.status();
  return FencedDiv("table", option("id").empty() ? directive.words[0] : option("id"), *text, directive.caption);
}

Woven WeavePlot(const Directive& directive, const Library& library) {
  if (const auto status = NeedWords(directive, 1, "NAME | caption"); !status.ok()) return status;
  const auto figure = Find("plot", library.figures, directive.words[0]);
  if (!figure.ok()) return figure.status();
  std::string missing;
  for (absl::string_view line : absl::StrSplit((*figure)->not_run, '\n', absl::SkipEmpty())) {
    absl::StrAppend(&missing, "\n", NotRun(std::string(line)), "\n");
  }
  if (!(*figure)->drawn) return missing;
  std::string image = absl::StrCat("![](figures/", directive.words[0], ".svg)\n");
  if ((*figure)->animated) absl::StrAppend(&image, "![](figures/", directive.words[0], ".gif)\n");
  return FencedDiv("figure", directive.words[0], image, directive.caption) + missing;
}

Woven WeaveValue(const Directive& directive, const Library& library) {
  if (const auto status = NeedWords(directive, 3, "RESULT FILE COLUMN where A=B"); !status.ok()) return status;
  const auto result = Find("result", library.results, directive.words[0]);
  if (!result.ok()) return result.status();
  if (!(*result)->run.complete) return "*not run*";
  const auto table = Find("file", (*result)->tables, directive.words[1]);
  if (!table.ok()) return table.status();
  const auto rows = Select(**table, directive.where);
  if (!rows.ok()) return rows.status();
  if (rows->rows.size() != 1) {
    return absl::InvalidArgumentError(
        absl::StrCat(rows->rows.size(), " rows are left; narrow them down to one with where COLUMN=VALUE"));
  }
  const auto format = directive.options.find("format");
  const Woven text = FormatField(*rows, 0, directive.words[2], format == directive.options.end() ? "" : format->second);
  if (!text.ok()) return text.status();
  return absl::StrReplaceAll(*text, {{" ", "\u00a0"}});  // not broken across lines
}

// The number is book.lua's to give: it sees all chapters.
Woven WeaveRef(const Directive& directive, const Library&) {
  if (const auto status = NeedWords(directive, 1, "NAME"); !status.ok()) return status;
  return absl::StrCat("[", directive.words[0], "]{.ref}");
}

struct Kind {
  Woven (*weave)(const Directive&, const Library&);
  bool is_block;                     // must stand on a line of its own
  std::vector<std::string> options;  // that it knows
};

const std::map<std::string, Kind>& Kinds() {
  static const auto* kinds = new std::map<std::string, Kind>{
      {"code", {WeaveCode, true, {}}}, {"table", {WeaveTable, true, {"columns", "format", "id"}}},
      {"plot", {WeavePlot, true, {}}}, {"value", {WeaveValue, false, {"format"}}},
      {"ref", {WeaveRef, false, {}}},
  };
  return *kinds;
}

Woven WeaveOne(const Directive& directive, const Library& library) {
  const auto kind = Kinds().find(directive.kind);
  if (kind == Kinds().end()) {
    return UnknownName("directive", directive.kind, {"code", "table", "plot", "value", "ref", "if-run"});
  }
  for (const auto& [name, value] : directive.options) {
    const auto& known = kind->second.options;
    if (std::find(known.begin(), known.end(), name) == known.end()) return UnknownName("option", name, known);
  }
  if (kind->second.is_block && !directive.alone) {
    return absl::InvalidArgumentError("'" + directive.kind + "' must stand on a line of its own");
  }
  return kind->second.weave(directive, library);
}

// Weaves piece after piece; leaves out what stands between if-run and end where the result is missing.
class ChapterWeaver {
 public:
  explicit ChapterWeaver(const Library& library) : library_(library) {}

  absl::Status Add(const Piece& piece) {
    if (!skipping_) text_ += piece.text;
    const Directive& directive = piece.directive;
    if (directive.kind == "if-run") return Open(directive);
    if (directive.kind == "end") return Close();
    if (directive.kind.empty()) return absl::OkStatus();
    Woven woven = WeaveOne(directive, library_);
    if (woven.ok() && !skipping_) text_ += *woven;
    return woven.status();
  }

  Woven Finish() const {
    if (open_) return absl::InvalidArgumentError("if-run has no <!-- end -->");
    return text_;
  }

 private:
  absl::Status Open(const Directive& directive) {
    if (open_) return absl::InvalidArgumentError("if-run inside if-run");
    if (const auto status = NeedWords(directive, 1, "RESULT"); !status.ok()) return status;
    const auto result = Find("result", library_.results, directive.words[0]);
    if (!result.ok()) return result.status();
    open_ = true;
    skipping_ = !(*result)->run.complete;
    if (skipping_) text_ += NotRun((*result)->run.reason);
    return absl::OkStatus();
  }

  absl::Status Close() {
    if (!open_) return absl::InvalidArgumentError("end without if-run");
    open_ = skipping_ = false;
    return absl::OkStatus();
  }

  const Library& library_;
  std::string text_;
  bool open_ = false, skipping_ = false;
};

}  // namespace

absl::StatusOr<std::string> Weave(const std::string& file, std::string_view text, const Library& library) {
  const auto at = [&](int line, const absl::Status& status) {
    return absl::InvalidArgumentError(absl::StrCat(file, ":", line, ": ", status.message()));
  };
  const auto pieces = SplitChapter(text);
  if (!pieces.ok()) return absl::InvalidArgumentError(absl::StrCat(file, ":", pieces.status().message()));
  ChapterWeaver weaver(library);
  int line = 0;
  for (const Piece& piece : *pieces) {
    if (piece.directive.line) line = piece.directive.line;
    if (const auto status = weaver.Add(piece); !status.ok()) return at(line, status);
  }
  Woven woven = weaver.Finish();
  return woven.ok() ? woven : at(line, woven.status());
}

}  // namespace dl
