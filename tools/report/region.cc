#include "tools/report/region.h"

#include <algorithm>
#include <vector>

namespace dl {
namespace {

// The tag of a tag line, with its slash at a region's end; empty for every other line.
std::string_view TagOf(std::string_view line) {
  const auto skip_blanks = [&] { line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size())); };
  skip_blanks();
  const size_t marker = line.substr(0, 2) == "//" ? 2 : line.substr(0, 1) == "#" ? 1 : 0;
  if (marker == 0) return {};
  line.remove_prefix(marker);
  skip_blanks();
  while (!line.empty() && (line.back() == ' ' || line.back() == '\r')) line.remove_suffix(1);
  if (line.size() < 3 || line.front() != '[' || line.back() != ']') return {};
  const std::string_view tag = line.substr(1, line.size() - 2);
  return tag.find_first_of("[] ,") == std::string_view::npos ? tag : std::string_view();
}

std::string JoinDedented(const std::vector<std::string_view>& lines) {
  size_t indent = std::string_view::npos;
  for (std::string_view line : lines) indent = std::min(indent, line.find_first_not_of(' '));
  std::string text;
  for (std::string_view line : lines) text += std::string(line.substr(std::min(indent, line.size()))) + "\n";
  return text;
}

}  // namespace

absl::StatusOr<std::string> ExtractRegion(std::string_view source, std::string_view tag) {
  const std::string name(tag), end = "/" + name;
  std::vector<std::string_view> lines;
  bool inside = false, closed = false;
  while (!source.empty() && !closed) {
    const size_t length = std::min(source.find('\n'), source.size());
    const std::string_view line = source.substr(0, length);
    source.remove_prefix(std::min(length + 1, source.size()));
    const std::string_view line_tag = TagOf(line);
    if (line_tag == name) inside = true;
    if (inside && line_tag == end) closed = true;
    if (inside && line_tag.empty()) lines.push_back(line);
  }
  if (!inside) return absl::NotFoundError("there is no line '// [" + name + "]'");
  if (!closed) return absl::NotFoundError("'// [" + name + "]' has no '// [" + end + "]'");
  if (JoinDedented(lines).find_first_not_of('\n') == std::string::npos) {
    return absl::NotFoundError("the region '" + name + "' is empty");
  }
  return JoinDedented(lines);
}

}  // namespace dl
