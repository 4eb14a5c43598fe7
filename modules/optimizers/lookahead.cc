#include "modules/optimizers/lookahead.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "modules/base/check.h"
#include "modules/optimizers/weight_average.h"

namespace dl {
namespace {

class LookaheadOptimizer : public Optimizer {
 public:
  LookaheadOptimizer(const LookaheadOptions& options, std::unique_ptr<Optimizer> inner)
      : Optimizer(inner->parameters()), options_(options), inner_(std::move(inner)) {}

 private:
  void Apply(std::vector<Tensor> gradients) override {
    if (step() == 0) {
      for (const Variable& parameter : parameters()) slow_.push_back(parameter.value());
    }
    inner_->Step(std::move(gradients));
    if ((step() + 1) % options_.every != 0) return;
    MoveTowards(slow_, parameters(), options_.alpha);
    for (size_t i = 0; i < slow_.size(); ++i) mutable_parameters()[i].mutable_value() = slow_[i];
  }

  void VisitMemory(const std::string& prefix, StateVisitor& visitor) override {
    inner_->VisitState(absl::StrCat(prefix, "inner."), visitor);
    slow_.resize(parameters().size());
    for (size_t i = 0; i < slow_.size(); ++i) {
      visitor.Array(absl::StrCat(prefix, i, ".slow"), slow_[i], parameters()[i].value());
    }
  }

  LookaheadOptions options_;
  std::unique_ptr<Optimizer> inner_;
  std::vector<Tensor> slow_;
};

}  // namespace

std::unique_ptr<Optimizer> Lookahead(const LookaheadOptions& options, std::unique_ptr<Optimizer> inner) {
  DL_CHECK(options.every >= 1 && options.alpha > 0 && options.alpha <= 1)
      << "Lookahead: every " << options.every << " steps by " << options.alpha
      << " of the way; want 1 or more, and a part in (0, 1]";
  return std::make_unique<LookaheadOptimizer>(options, std::move(inner));
}

}  // namespace dl
