#include "modules/optimizers/weight_average.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "modules/base/check.h"
#include "modules/primitives/binary.h"
#include "modules/primitives/reorder.h"

namespace dl {

void MoveTowards(std::vector<Tensor>& slow, const std::vector<Variable>& fast, double part) {
  for (size_t i = 0; i < slow.size(); ++i) {
    const Tensor& target = fast[i].value();
    slow[i] = Scale(InLayoutOf(slow[i], target), 1 - part);
    AddTo(slow[i], Scale(target, part));
  }
}

WeightAverage::WeightAverage(std::vector<Variable> parameters, double decay)
    : parameters_(std::move(parameters)), decay_(decay) {
  DL_CHECK(decay >= 0 && decay < 1) << "WeightAverage: the decay is " << decay << "; it must be in [0, 1)";
  for (const Variable& parameter : parameters_) mean_.push_back(parameter.value());
}

void WeightAverage::Swap() {
  for (size_t i = 0; i < mean_.size(); ++i) std::swap(parameters_[i].mutable_value(), mean_[i]);
}

void WeightAverage::VisitState(const std::string& prefix, StateVisitor& visitor) {
  for (size_t i = 0; i < mean_.size(); ++i) {
    visitor.Array(absl::StrCat(prefix, i), mean_[i], parameters_[i].value());
  }
}

}  // namespace dl
