#include "modules/optimizers/accumulation.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "modules/base/check.h"
#include "modules/primitives/binary.h"

namespace dl {
namespace {

class Accumulated : public Optimizer {
 public:
  Accumulated(int64_t count, std::unique_ptr<Optimizer> inner)
      : Optimizer(inner->parameters()), count_(count), inner_(std::move(inner)) {}

 private:
  void Apply(std::vector<Tensor> gradients) override {
    if (sums_.empty()) {
      sums_ = std::move(gradients);
    } else {
      for (size_t i = 0; i < sums_.size(); ++i) AddTo(sums_[i], gradients[i]);
    }
    if ((step() + 1) % count_ != 0) return;
    for (Tensor& sum : sums_) sum = Scale(sum, 1 / static_cast<double>(count_));
    inner_->Step(std::exchange(sums_, {}));
  }

  void VisitMemory(const std::string& prefix, StateVisitor& visitor) override {
    inner_->VisitState(absl::StrCat(prefix, "inner."), visitor);
    sums_.resize(step() % count_ == 0 ? 0 : parameters().size());
    for (size_t i = 0; i < sums_.size(); ++i) {
      visitor.Array(absl::StrCat(prefix, i, ".sum"), sums_[i], parameters()[i].value());
    }
  }

  int64_t count_;
  std::unique_ptr<Optimizer> inner_;
  std::vector<Tensor> sums_;
};

}  // namespace

std::unique_ptr<Optimizer> AccumulateGradients(int64_t count, std::unique_ptr<Optimizer> inner) {
  DL_CHECK(count >= 1) << "AccumulateGradients: over " << count << " steps; it must be 1 or more";
  return std::make_unique<Accumulated>(count, std::move(inner));
}

}  // namespace dl
