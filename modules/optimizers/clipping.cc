#include "modules/optimizers/clipping.h"

#include <cmath>
#include <utility>

#include "modules/base/check.h"
#include "modules/primitives/binary.h"
#include "modules/primitives/norm.h"

namespace dl {
namespace {

class Clipped : public Optimizer {
 public:
  Clipped(double limit, std::unique_ptr<Optimizer> inner)
      : Optimizer(inner->parameters()), limit_(limit), inner_(std::move(inner)) {}

 private:
  void Apply(std::vector<Tensor> gradients) override {
    inner_->Step(ClippedByGlobalNorm(std::move(gradients), limit_));
  }

  void VisitMemory(const std::string& prefix, StateVisitor& visitor) override {
    inner_->VisitState(prefix + "inner.", visitor);
  }

  double limit_;
  std::unique_ptr<Optimizer> inner_;
};

}  // namespace

double GlobalNorm(const std::vector<Tensor>& tensors) {
  double squares = 0;
  for (const Tensor& tensor : tensors) squares += SumOfSquares(tensor);
  return std::sqrt(squares);
}

std::vector<Tensor> ClippedByGlobalNorm(std::vector<Tensor> gradients, double limit) {
  DL_CHECK(limit > 0) << "ClippedByGlobalNorm: the limit is " << limit << "; it must be positive";
  const double norm = GlobalNorm(gradients);
  if (norm <= limit) return gradients;
  for (Tensor& gradient : gradients) gradient = Scale(gradient, limit / norm);
  return gradients;
}

std::unique_ptr<Optimizer> ClipByGlobalNorm(double limit, std::unique_ptr<Optimizer> inner) {
  return std::make_unique<Clipped>(limit, std::move(inner));
}

}  // namespace dl
