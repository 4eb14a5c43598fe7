#include "tools/report/directive.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace dl {
namespace {

constexpr std::string_view kOpen = "<!--", kClose = "-->", kFence = "```";

std::string Stripped(std::string_view text) {
  return std::string(absl::StripAsciiWhitespace(absl::string_view(text.data(), text.size())));
}

absl::Status AtLine(int line, const std::string& message) {
  return absl::InvalidArgumentError(absl::StrCat(line, ": ", message));
}

// Names that stay options after `where`.
bool IsOption(std::string_view name) { return name == "columns" || name == "format" || name == "id"; }

// The words of `text`; double quotes keep blanks together and are dropped.
absl::StatusOr<std::vector<std::string>> Words(std::string_view text, int line) {
  std::vector<std::string> words;
  std::string word;
  bool quoted = false, started = false;
  for (char c : text) {
    if (c == '"') {
      quoted = !quoted;
      started = true;
    } else if (!quoted && absl::ascii_isspace(c)) {
      if (started) words.push_back(word);
      word.clear();
      started = false;
    } else {
      word += c;
      started = true;
    }
  }
  if (quoted) return AtLine(line, "a quote that never closes");
  if (started) words.push_back(word);
  return words;
}

// Where the bar stands that begins a caption, with blanks or line ends around it; npos if there is none.
size_t FindBar(std::string_view comment) {
  constexpr std::string_view kBlank = " \t\r\n";
  for (size_t bar = comment.find('|', 1); bar != std::string_view::npos; bar = comment.find('|', bar + 1)) {
    const bool last = bar + 1 == comment.size();
    if (kBlank.find(comment[bar - 1]) != kBlank.npos && (last || kBlank.find(comment[bar + 1]) != kBlank.npos)) {
      return bar;
    }
  }
  return std::string_view::npos;
}

// Reads what stands between <!-- and -->; a remark has an empty kind.
absl::StatusOr<Directive> ParseComment(std::string_view comment, int line) {
  Directive directive;
  directive.line = line;
  const std::string stripped = Stripped(comment);
  if (stripped == "end") directive.kind = "end";
  const std::string first = stripped.substr(0, stripped.find_first_of(" \t\r\n"));
  if (first.size() < 2 || first.back() != ':') return directive;
  const size_t bar = FindBar(comment);
  if (bar != std::string_view::npos) directive.caption = Stripped(comment.substr(bar + 1));
  const auto words = Words(comment.substr(0, bar), line);
  if (!words.ok()) return words.status();
  directive.kind = first.substr(0, first.size() - 1);
  bool in_where = false;
  for (auto word = words->begin() + 1; word != words->end(); ++word) {
    const size_t equals = word->find('=');
    const std::string name = word->substr(0, equals), value = equals < word->size() ? word->substr(equals + 1) : "";
    if (*word == "where") {
      in_where = true;
    } else if (equals == std::string::npos) {
      if (in_where) return AtLine(line, "after 'where', '" + *word + "' is not COLUMN=VALUE");
      directive.words.push_back(*word);
    } else if (in_where && !IsOption(name)) {
      directive.where.emplace_back(name, value);
    } else {
      directive.options[name] = value;
    }
  }
  return directive;
}

}  // namespace

absl::StatusOr<std::vector<Piece>> SplitChapter(std::string_view text) {
  std::vector<Piece> pieces(1);
  int line = 1;
  bool fenced = false, line_start = true;
  for (size_t at = 0; at < text.size();) {
    if (line_start && text.substr(at, kFence.size()) == kFence) fenced = !fenced;
    if (fenced || text.substr(at, kOpen.size()) != kOpen) {
      line_start = text[at] == '\n';
      line += line_start;
      pieces.back().text += text[at++];
      continue;
    }
    const size_t close = text.find(kClose, at);
    if (close == std::string_view::npos) return AtLine(line, "a comment that never closes");
    const std::string_view comment = text.substr(at + kOpen.size(), close - at - kOpen.size());
    auto directive = ParseComment(comment, line);
    if (!directive.ok()) return directive.status();
    line += static_cast<int>(std::count(comment.begin(), comment.end(), '\n'));
    at = close + kClose.size();
    directive->alone = line_start && (at == text.size() || text[at] == '\n');
    line_start = false;
    if (directive->kind.empty()) continue;
    pieces.back().directive = *std::move(directive);
    pieces.emplace_back();
  }
  return pieces;
}

}  // namespace dl
