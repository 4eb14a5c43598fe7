#include "modules/base/flags.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "modules/base/nearest_name.h"

namespace dl {
namespace {

bool StartsWith(std::string_view text, std::string_view prefix) { return text.substr(0, prefix.size()) == prefix; }

}  // namespace

absl::StatusOr<std::vector<std::string>> FlagSet::Parse(int argc, const char* const* argv) {
  return Parse(std::vector<std::string>(argv + std::min(argc, 1), argv + argc));
}

absl::StatusOr<std::vector<std::string>> FlagSet::Parse(const std::vector<std::string>& arguments) {
  std::vector<std::string> words;
  for (size_t i = 0; i < arguments.size(); ++i) {
    const std::string& argument = arguments[i];
    if (argument == "--") {
      words.insert(words.end(), arguments.begin() + i + 1, arguments.end());
      break;
    }
    if (argument == "--help" || argument == "-h") {
      help_requested_ = true;
      break;
    }
    if (argument.size() < 2 || argument[0] != '-') {
      words.push_back(argument);
      continue;
    }
    std::string_view name = argument;
    name.remove_prefix(StartsWith(argument, "--") ? 2 : 1);
    std::string value;
    const size_t equals = name.find('=');
    const bool has_value = equals != std::string_view::npos;
    if (has_value) value = name.substr(equals + 1);
    bool used_next = false;
    const absl::Status status = Set(name.substr(0, equals), has_value ? &value : nullptr, &used_next,
                                    i + 1 < arguments.size() ? &arguments[i + 1] : nullptr);
    if (!status.ok()) return status;
    if (used_next) ++i;
  }
  return words;
}

absl::Status FlagSet::Set(std::string_view name, const std::string* value, bool* used_next, const std::string* next) {
  const auto find = [&](std::string_view wanted) {
    return std::find_if(flags_.begin(), flags_.end(), [&](const Flag& flag) { return flag.name == wanted; });
  };
  auto flag = find(name);
  std::string text = value ? *value : "true";
  if (flag == flags_.end() && !value && StartsWith(name, "no")) {
    flag = find(name.substr(2));
    if (flag != flags_.end() && !flag->is_switch) flag = flags_.end();
    text = "false";
  }
  if (flag == flags_.end()) {
    std::vector<std::string> names;
    for (const Flag& f : flags_) names.push_back("--" + f.name);
    names.push_back("--help");
    return UnknownName("flag", "--" + std::string(name), names);
  }
  if (!value && !flag->is_switch) {
    if (!next) return absl::InvalidArgumentError(absl::StrCat("flag --", flag->name, " needs a value"));
    text = *next;
    *used_next = true;
  }
  std::string error;
  if (!flag->set(text, &error)) {
    return absl::InvalidArgumentError(
        absl::StrCat("flag --", flag->name, "=", text, " is not valid", error.empty() ? "" : ": ", error,
                     "; the default is ", flag->initial.empty() ? "empty" : flag->initial));
  }
  return absl::OkStatus();
}

std::map<std::string, std::string> FlagSet::Values() const {
  std::map<std::string, std::string> values;
  for (const Flag& flag : flags_) values[flag.name] = flag.get();
  return values;
}

std::string FlagSet::Help() const {
  std::string help = usage_ + "\n";
  size_t width = 0;
  for (const Flag& flag : flags_) width = std::max(width, flag.name.size());
  for (const Flag& flag : flags_) {
    absl::StrAppend(&help, "  --", flag.name, std::string(width - flag.name.size() + 2, ' '), flag.help, " (default ",
                    flag.initial.empty() ? "empty" : flag.initial, ")\n");
  }
  return help;
}

}  // namespace dl
