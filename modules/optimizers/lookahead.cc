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
      : Optimizer(inner->parameters()), options_(options), fast_(parameters()), inner_(std::move(inner)) {
    fast_.insert(fast_.end(), options.also.begin(), options.also.end());
    CheckedAlpha(options.alpha(options.begin));
  }

 private:
  void Apply(std::vector<Tensor> gradients) override {
    if (step() == options_.begin) {
      for (const Variable& leaf : fast_) slow_.push_back(leaf.value());
    }
    inner_->Step(std::move(gradients));
    if (step() < options_.begin) return;
    const auto ends = [this](int64_t period) { return period > 0 && (step() + 1) % period == 0; };
    if (ends(options_.every)) MoveTowards(slow_, fast_, CheckedAlpha(options_.alpha(step())));
    if (!ends(options_.every) && !ends(options_.return_every)) return;
    for (size_t i = 0; i < slow_.size(); ++i) fast_[i].mutable_value() = slow_[i];
  }

  static double CheckedAlpha(double alpha) {
    DL_CHECK(alpha > 0 && alpha <= 1) << "Lookahead: alpha is " << alpha << "; it must be in (0, 1]";
    return alpha;
  }

  void VisitMemory(const std::string& prefix, StateVisitor& visitor) override {
    inner_->VisitState(absl::StrCat(prefix, "inner."), visitor);
    if (step() <= options_.begin) return;  // the slow weights are still to begin
    slow_.resize(fast_.size());
    for (size_t i = 0; i < slow_.size(); ++i) {
      visitor.Array(absl::StrCat(prefix, i, ".slow"), slow_[i], fast_[i].value());
    }
  }

  LookaheadOptions options_;
  std::vector<Variable> fast_;  // the parameters, and what follows with them
  std::unique_ptr<Optimizer> inner_;
  std::vector<Tensor> slow_;
};

}  // namespace

std::unique_ptr<Optimizer> Lookahead(const LookaheadOptions& options, std::unique_ptr<Optimizer> inner) {
  DL_CHECK(options.every >= 1 && options.begin >= 0 && options.return_every >= 0)
      << "Lookahead: every " << options.every << " steps from step " << options.begin << ", back every "
      << options.return_every << "; want 1 or more from 0 or more, back every 0 or more";
  return std::make_unique<LookaheadOptimizer>(options, std::move(inner));
}

}  // namespace dl
