#include "modules/transfer/load_weights.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "modules/base/quoted.h"
#include "modules/primitives/finite.h"
#include "modules/primitives/reorder.h"

namespace dl {
namespace {

// Layers that others call otherwise: timm those of VGG's classifier.
struct Alias {
  const char *ours, *theirs;
};
constexpr Alias kAliases[] = {
    {"classifier.0.", "pre_logits.fc1."}, {"classifier.3.", "pre_logits.fc2."}, {"classifier.6.", "head.fc."}};

absl::Status Refused(const std::string& reason) { return absl::FailedPreconditionError(reason); }

// The file's tensor that the model calls `name`; its end where there is none.
auto Find(const SafeTensors& file, const std::string& prefix, const std::string& name) {
  auto found = file.tensors.find(prefix + name);
  for (const Alias& alias : kAliases) {
    if (found != file.tensors.end()) break;
    const std::string_view ours = alias.ours;
    if (name.starts_with(ours)) found = file.tensors.find(prefix + alias.theirs + name.substr(ours.size()));
  }
  return found;
}

std::string Kind(const Tensor& tensor) { return absl::StrCat(ToString(tensor.dtype()), " ", ToString(tensor.shape())); }
std::string Kind(const Numbers<int64_t>& numbers) { return absl::StrCat("i64 ", ToString(numbers.shape)); }
std::string Kind(const Numbers<uint8_t>& numbers) { return absl::StrCat("u8 ", ToString(numbers.shape)); }

// Whether the numbers of `stored`, in their order, are those of a tensor like `wanted`.
bool Fits(const Tensor& stored, const Tensor& wanted) {
  if (stored.shape() == wanted.shape()) return true;
  const bool as_convolution = stored.rank() == 4 && wanted.rank() == 2;
  return as_convolution && stored.dim(0) == wanted.dim(0) && stored.size() == wanted.size();
}

// ", 2 missing ('fc.weight', 'fc.bias')"; nothing where there are none.
std::string Some(const char* what, const std::vector<std::string>& words) {
  if (words.empty()) return "";
  constexpr size_t kShown = 3;
  const std::vector<std::string> shown(words.begin(), words.begin() + std::min(kShown, words.size()));
  const char* rest = words.size() > kShown ? ", ..." : "";
  return absl::StrCat(", ", words.size(), " ", what, " (", absl::StrJoin(shown, ", "), rest, ")");
}

std::vector<std::string> AllQuoted(const std::vector<std::string>& names) {
  std::vector<std::string> quoted;
  for (const std::string& name : names) quoted.push_back(Quoted(name));
  return quoted;
}

// What to type where the file does not fit.
std::string WayOut(const LoadWeightsReport& report, bool strict) {
  for (const std::string& name : report.unexpected) {
    if (report.missing.empty() || !name.ends_with(report.missing[0])) continue;
    const std::string prefix = name.substr(0, name.size() - report.missing[0].size());
    if (prefix.empty() || prefix.ends_with('.')) return absl::StrCat("give --prefix=", Quoted(prefix));
  }
  return absl::StrCat("choose the architecture that it is for",
                      strict ? ", or load what fits with --strict=false" : "");
}

struct Assignment {
  Variable variable;
  Tensor value;
};

absl::StatusOr<LoadWeightsReport> Load(Layer& model, const SafeTensors& file, const std::string& file_name,
                                       const LoadWeightsOptions& options) {
  LoadWeightsReport report;
  std::vector<Assignment> assignments;
  std::set<std::string> used;
  std::vector<Parameter> wanted = model.Parameters();
  for (Parameter& buffer : model.Buffers()) wanted.push_back(std::move(buffer));
  for (const auto& [name, variable] : wanted) {
    const Tensor& like = variable.value();
    const auto found = Find(file, options.prefix, name);
    if (found == file.tensors.end()) {
      report.missing.push_back(name);
      continue;
    }
    used.insert(found->first);
    const auto* stored = std::get_if<Tensor>(&found->second);
    if (stored == nullptr || !Fits(*stored, like)) {
      const std::string kind = std::visit([](const auto& values) { return Kind(values); }, found->second);
      report.mismatched.push_back({name, kind, Kind(like)});
      continue;
    }
    const Tensor value = Cast(stored->Reshape(like.shape()), like.dtype());
    if (!AllFinite(value)) {
      return Refused(absl::StrCat(file_name, " cannot be used: its tensor ", Quoted(found->first),
                                  " holds NaN, infinity or more than ", ToString(like.dtype()),
                                  " can hold; get another copy of it"));
    }
    assignments.push_back({variable, InLayoutOf(value, like)});
    report.loaded.push_back(name);
  }
  for (const auto& [name, stored] : file.tensors) {
    if (used.count(name) == 0 && !name.ends_with("num_batches_tracked")) report.unexpected.push_back(name);
  }
  if (report.loaded.empty() || (options.strict && !report.complete())) {
    return Refused(
        absl::StrCat(file_name, " does not fit the model: ", ToString(report), "; ", WayOut(report, options.strict)));
  }
  for (Assignment& assignment : assignments) assignment.variable.mutable_value() = std::move(assignment.value);
  return report;
}

}  // namespace

std::string ToString(const LoadWeightsReport& report) {
  std::vector<std::string> mismatched;
  for (const auto& [name, stored, wanted] : report.mismatched) {
    mismatched.push_back(absl::StrCat(Quoted(name), " is ", stored, ", not ", wanted));
  }
  return absl::StrCat(report.loaded.size(), " fit", Some("missing", AllQuoted(report.missing)),
                      Some("unexpected", AllQuoted(report.unexpected)), Some("mismatched", mismatched));
}

absl::StatusOr<LoadWeightsReport> LoadWeights(Layer& model, const SafeTensors& file,
                                              const LoadWeightsOptions& options) {
  return Load(model, file, "the file", options);
}

absl::StatusOr<LoadWeightsReport> LoadWeightsFile(Layer& model, const std::string& path,
                                                  const LoadWeightsOptions& options) {
  const absl::StatusOr<SafeTensors> file = ReadSafeTensors(path);
  if (!file.ok()) return file.status();
  return Load(model, *file, path, options);
}

}  // namespace dl
