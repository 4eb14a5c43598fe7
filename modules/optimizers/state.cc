#include "modules/optimizers/state.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "modules/primitives/reorder.h"

namespace dl {
namespace {

class Reader : public StateVisitor {
 public:
  explicit Reader(State& state) : state_(state) {}
  void Count(const std::string& name, int64_t& count) override { state_.counts[name] = count; }
  void Array(const std::string& name, Tensor& tensor, const Tensor&) override {
    state_.tensors[name] = ToPlain(tensor);
  }

 private:
  State& state_;
};

std::string Kind(const Tensor& tensor) { return absl::StrCat(ToString(tensor.dtype()), " ", ToString(tensor.shape())); }

class Writer : public StateVisitor {
 public:
  explicit Writer(const State& state) : state_(state) {}

  void Count(const std::string& name, int64_t& count) override {
    const auto found = Find(name, state_.counts);
    if (found != state_.counts.end()) count = found->second;
  }

  void Array(const std::string& name, Tensor& tensor, const Tensor& like) override {
    const auto found = Find(name, state_.tensors);
    if (found == state_.tensors.end()) return;
    if (Kind(found->second) != Kind(like)) {
      Refuse(absl::StrCat(name, " is ", Kind(found->second), ", it should be ", Kind(like)));
    } else {
      tensor = InLayoutOf(found->second, like);
    }
  }

  // Whatever else has a name that begins with `prefix` nobody has asked for.
  absl::Status Finish(const std::string& prefix) {
    RefuseUnknown(prefix, state_.counts);
    RefuseUnknown(prefix, state_.tensors);
    return status_;
  }

 private:
  void Refuse(const std::string& reason) {
    if (status_.ok()) status_ = absl::FailedPreconditionError(reason);
  }

  template <typename Map>
  typename Map::const_iterator Find(const std::string& name, const Map& map) {
    asked_.insert(name);
    const auto found = map.find(name);
    if (found == map.end()) Refuse(absl::StrCat(name, " is missing"));
    return found;
  }

  template <typename Map>
  void RefuseUnknown(const std::string& prefix, const Map& map) {
    for (auto it = map.lower_bound(prefix); it != map.end() && it->first.rfind(prefix, 0) == 0; ++it) {
      if (asked_.count(it->first) == 0) Refuse(absl::StrCat(it->first, " is not known here"));
    }
  }

  const State& state_;
  std::set<std::string> asked_;
  absl::Status status_;
};

}  // namespace

void AddState(const std::string& prefix, Stateful& source, State& state) {
  Reader reader(state);
  source.VisitState(prefix, reader);
}

absl::Status SetState(const std::string& prefix, const State& state, Stateful& target) {
  Writer writer(state);
  target.VisitState(prefix, writer);
  return writer.Finish(prefix);
}

}  // namespace dl
