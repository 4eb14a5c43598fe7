#include "modules/optimizers/sam.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "modules/base/check.h"
#include "modules/optimizers/clipping.h"
#include "modules/primitives/binary.h"

namespace dl {
namespace {

class Sam : public Optimizer {
 public:
  Sam(double rho, std::unique_ptr<Optimizer> inner)
      : Optimizer(inner->parameters()), rho_(rho), inner_(std::move(inner)) {}

  bool StepWith(const GradientFunction& gradients) override {
    std::optional<std::vector<Tensor>> there = GradientsNearby(gradients);
    if (!there) return false;
    asked_ = true;
    Step(*std::move(there));
    asked_ = false;
    return true;
  }

 private:
  // At the worst place within ρ; the parameters are as before afterwards.
  std::optional<std::vector<Tensor>> GradientsNearby(const GradientFunction& gradients) {
    std::optional<std::vector<Tensor>> here = gradients();
    if (!here) return here;
    const double norm = GlobalNorm(*here);
    if (norm == 0) return here;
    std::vector<Tensor> kept;
    for (size_t i = 0; i < here->size(); ++i) {
      Tensor& value = mutable_parameters()[i].mutable_value();
      kept.push_back(value);
      value = Add(value, Scale((*here)[i], rho_ / norm));
    }
    std::optional<std::vector<Tensor>> there = gradients();
    for (size_t i = 0; i < kept.size(); ++i) mutable_parameters()[i].mutable_value() = std::move(kept[i]);
    return there;
  }

  void Apply(std::vector<Tensor> gradients) override {
    DL_CHECK(asked_) << "SharpnessAware: Step(gradients) cannot look nearby; call StepWith";
    inner_->Step(std::move(gradients));
  }

  void VisitMemory(const std::string& prefix, StateVisitor& visitor) override {
    inner_->VisitState(prefix + "inner.", visitor);
  }

  double rho_;
  bool asked_ = false;
  std::unique_ptr<Optimizer> inner_;
};

}  // namespace

std::unique_ptr<Optimizer> SharpnessAware(double rho, std::unique_ptr<Optimizer> inner) {
  DL_CHECK(rho > 0) << "SharpnessAware: rho is " << rho << "; it must be positive";
  return std::make_unique<Sam>(rho, std::move(inner));
}

}  // namespace dl
