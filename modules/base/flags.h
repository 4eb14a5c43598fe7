// Command-line flags that fill an option struct: no globals, and a misspelt flag is answered with the nearest valid
// one.
//
//   Options options;
//   FlagSet flags("bazel run //datasets:show -- [--dataset=NAME]");
//   flags.Add("dataset", &options.dataset, "the data set to draw");
//   absl::StatusOr<std::vector<std::string>> words = flags.Parse(argc, argv);
#ifndef MODULES_BASE_FLAGS_H_
#define MODULES_BASE_FLAGS_H_

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "absl/flags/marshalling.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_split.h"

namespace dl {

class FlagSet {
 public:
  // `usage` is the first line of the help.
  explicit FlagSet(std::string usage) : usage_(std::move(usage)) {}

  // `--name=VALUE` (or `--name VALUE`) sets `*value`, whose present content is the default. T: bool, an integer, float,
  // double, std::string, or a std::vector of one of them (comma-separated). A bool also takes `--name` and `--noname`.
  template <typename T>
  void Add(std::string name, T* value, std::string help);

  // Sets the values and returns the words that are no flags, in order; everything after "--" is a word. InvalidArgument
  // on an unknown flag, a missing or a malformed value; then some values may be set.
  // `--help` stops the parse: help_requested() is true and the caller prints Help() and exits 0.
  absl::StatusOr<std::vector<std::string>> Parse(int argc, const char* const* argv);
  absl::StatusOr<std::vector<std::string>> Parse(const std::vector<std::string>& arguments);

  bool help_requested() const { return help_requested_; }

  // The usage line and one line a flag, with its default.
  std::string Help() const;

  // Name and present value of each flag: what a run that was told these flags does.
  std::map<std::string, std::string> Values() const;

 private:
  struct Flag {
    std::string name, help, initial;
    bool is_switch;
    std::function<bool(std::string_view text, std::string* error)> set;
    std::function<std::string()> get;
  };

  void AddFlag(Flag flag) { flags_.push_back(std::move(flag)); }
  absl::Status Set(std::string_view name, const std::string* value, bool* used_next, const std::string* next);

  std::string usage_;
  std::vector<Flag> flags_;
  bool help_requested_ = false;
};

namespace internal {

template <typename T>
bool ParseFlagText(std::string_view text, T* value, std::string* error) {
  if (absl::ParseFlag(absl::string_view(text.data(), text.size()), value, error)) return true;
  if constexpr (std::is_same_v<T, bool>) {
    *error = "it wants true or false";
  } else if constexpr (std::is_unsigned_v<T>) {
    *error = "it wants a whole number, 0 or more";
  } else if constexpr (std::is_integral_v<T>) {
    *error = "it wants a whole number";
  } else if constexpr (std::is_floating_point_v<T>) {
    *error = "it wants a number";
  }
  return false;
}

template <typename T>
bool ParseFlagText(std::string_view text, std::vector<T>* values, std::string* error) {
  values->clear();
  for (absl::string_view part : absl::StrSplit(absl::string_view(text.data(), text.size()), ',', absl::SkipEmpty())) {
    T value;
    if (!ParseFlagText(std::string_view(part.data(), part.size()), &value, error)) return false;
    values->push_back(std::move(value));
  }
  return true;
}

template <typename T>
std::string FlagText(const T& value) {
  return absl::UnparseFlag(value);
}

template <typename T>
std::string FlagText(const std::vector<T>& values) {
  std::string text;
  for (const T& value : values) text += (text.empty() ? "" : ",") + FlagText(value);
  return text;
}

}  // namespace internal

template <typename T>
void FlagSet::Add(std::string name, T* value, std::string help) {
  AddFlag({std::move(name), std::move(help), internal::FlagText(*value), std::is_same_v<T, bool>,
           [value](std::string_view text, std::string* error) { return internal::ParseFlagText(text, value, error); },
           [value] { return internal::FlagText(*value); }});
}

}  // namespace dl

#endif  // MODULES_BASE_FLAGS_H_
