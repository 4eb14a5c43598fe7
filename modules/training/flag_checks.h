// What a flag wants: the checks that experiments make before they run.
//
//   if (absl::Status status = FirstError({WantsSeeds(seeds_), WantsBetween("hidden", hidden_, 1, kWidest),
//                                         WantsPositive("learning_rate", learning_rate_)});
//       !status.ok()) {
//     return status;
//   }
//
// Each takes the value of a flag, or all the values of a flag that is a list, and refuses with InvalidArgument, as in
// "flag --hidden wants numbers of 1 to 4096, not 0". An empty list is refused by WantsSome and WantsSeeds only; what
// is not finite, by all that take numbers.
#ifndef MODULES_TRAINING_FLAG_CHECKS_H_
#define MODULES_TRAINING_FLAG_CHECKS_H_

#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/types/span.h"

namespace dl {

inline constexpr int64_t kWidest = 4096;  // of a layer: two such ones have 64 MiB of f32 weights between them

// The first of them that is not OK, else OK.
absl::Status FirstError(std::initializer_list<absl::Status> statuses);

// At least one seed, and none twice, which would count one run as two.
absl::Status WantsSeeds(const std::vector<uint64_t>& seeds);

// Names out of `valid`; refuses as UnknownName(what, ...) does (base/nearest_name.h).
absl::Status WantsKnown(std::string_view what, const std::vector<std::string>& names,
                        const std::vector<std::string>& valid);

namespace internal {

absl::Status Refusal(std::string_view flag, std::string_view wish);

template <typename T>
absl::Span<const T> ValuesOf(const T& value) {
  return {&value, 1};
}
template <typename T>
absl::Span<const T> ValuesOf(const std::vector<T>& values) {
  return values;
}

template <typename T>
using NumberOf = typename decltype(ValuesOf(std::declval<const T&>()))::value_type;

// Refuses the first value that is not finite or does not keep to `rule`, which `kind` and `range` put in words.
template <typename T, typename Rule>
absl::Status WantsEach(std::string_view flag, const T& values, const char* kind, const std::string& range, Rule rule) {
  constexpr bool kOne = std::is_same_v<T, NumberOf<T>>;
  constexpr const char *kArticle = kOne ? "a " : "", *kNoun = kOne ? "number" : "numbers";
  for (const NumberOf<T> value : ValuesOf(values)) {
    if (!std::isfinite(static_cast<double>(value))) {
      return Refusal(flag, absl::StrCat(kArticle, "finite ", kNoun, ", not ", value));
    }
    if (!rule(value)) return Refusal(flag, absl::StrCat(kArticle, kind, kNoun, range, ", not ", value));
  }
  return absl::OkStatus();
}

}  // namespace internal

template <typename T>
absl::Status WantsSome(std::string_view flag, const std::vector<T>& values) {
  return values.empty() ? internal::Refusal(flag, "at least one value") : absl::OkStatus();
}

template <typename T>
absl::Status WantsFinite(std::string_view flag, const T& values) {
  return internal::WantsEach(flag, values, "", "", [](auto) { return true; });
}

template <typename T>
absl::Status WantsPositive(std::string_view flag, const T& values) {
  return internal::WantsEach(flag, values, "positive ", "", [](auto value) { return value > 0; });
}

template <typename T>
absl::Status WantsAtLeast(std::string_view flag, const T& values, internal::NumberOf<T> least) {
  return internal::WantsEach(flag, values, "", absl::StrCat(" of ", least, " or more"),
                             [least](auto value) { return value >= least; });
}

// From `least` to `most`, both included; where another flag gives `most`, its name in `most_is` ends up beside it.
template <typename T>
absl::Status WantsBetween(std::string_view flag, const T& values, internal::NumberOf<T> least,
                          internal::NumberOf<T> most, std::string_view most_is = "") {
  const std::string origin = most_is.empty() ? "" : " (--" + std::string(most_is) + ")";
  return internal::WantsEach(flag, values, "", absl::StrCat(" of ", least, " to ", most, origin),
                             [=](auto value) { return value >= least && value <= most; });
}

// For a number of values around a middle one.
absl::Status WantsOdd(std::string_view flag, int64_t value);

// 0 <= value < 1; with WantsPositive, 0 < value < 1.
template <typename T>
absl::Status WantsFraction(std::string_view flag, const T& values) {
  return FirstError({WantsAtLeast(flag, values, 0),
                     internal::WantsEach(flag, values, "", " below 1", [](auto value) { return value < 1; })});
}

}  // namespace dl

#endif  // MODULES_TRAINING_FLAG_CHECKS_H_
