#include "modules/optimizers/muon.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "absl/strings/str_cat.h"
#include "modules/base/check.h"
#include "modules/primitives/binary.h"
#include "modules/primitives/matmul.h"
#include "modules/primitives/norm.h"
#include "modules/primitives/reorder.h"

namespace dl {
namespace {

Tensor AsMatrix(const Tensor& x) { return ToPlain(x).Reshape({x.dim(0), x.size() / x.dim(0)}); }

class MuonOptimizer : public Optimizer {
 public:
  MuonOptimizer(std::vector<Variable> parameters, MuonOptions options)
      : Optimizer(std::move(parameters)), options_(std::move(options)) {}

 private:
  void Apply(std::vector<Tensor> gradients) override {
    const double rate = options_.rate(step());
    for (size_t i = 0; i < gradients.size(); ++i) {
      Tensor& p = mutable_parameters()[i].mutable_value();
      const Tensor update = Direction(i, gradients[i]);
      p = Add(Scale(p, 1 - rate * options_.weight_decay), InLayoutOf(update.Reshape(p.shape()), p));
    }
  }

  // [muon]
  // The update of parameter i, [m, n], times -η.
  Tensor Direction(size_t i, const Tensor& gradient) {
    if (step() == 0) velocity_.push_back(Tensor::ZerosLike(gradient));
    Tensor& v = velocity_[i];
    v = Add(Scale(v, options_.momentum), Scale(gradient, 1 - options_.momentum));
    const Tensor ahead = Add(Scale(v, options_.momentum), Scale(gradient, 1 - options_.momentum));
    const Tensor matrix = AsMatrix(options_.nesterov ? ahead : v);
    const double size = 0.2 * std::sqrt(static_cast<double>(std::max(matrix.dim(0), matrix.dim(1))));
    return Scale(Orthogonalized(matrix), -options_.rate(step()) * size);
  }
  // [/muon]

  void VisitMemory(const std::string& prefix, StateVisitor& visitor) override {
    velocity_.resize(parameters().size());
    for (size_t i = 0; i < velocity_.size(); ++i) {
      visitor.Array(absl::StrCat(prefix, i, ".velocity"), velocity_[i], parameters()[i].value());
    }
  }

  MuonOptions options_;
  std::vector<Tensor> velocity_;
};

}  // namespace

// [orthogonalized]
Tensor Orthogonalized(const Tensor& x, int steps) {
  constexpr double a = 3.4445, b = -4.7750, c = 2.0315;
  DL_CHECK(x.rank() == 2) << "Orthogonalized: x is " << ToString(x.shape()) << ", it must be a matrix";
  const double norm = std::sqrt(SumOfSquares(x));
  if (norm == 0) return x;
  const bool tall = x.dim(0) > x.dim(1);  // then xᵀx is the smaller product
  Tensor y = Scale(x, 1 / norm);          // no singular value is above 1
  for (int i = 0; i < steps; ++i) {
    const Tensor gram = tall ? MatMul(y, y, {.a = true}) : MatMul(y, y, {.b = true});
    const Tensor p = Add(Scale(gram, b), Scale(MatMul(gram, gram), c));
    y = Add(Scale(y, a), tall ? MatMul(y, p) : MatMul(p, y));
  }
  return y;
}
// [/orthogonalized]

std::unique_ptr<Optimizer> Muon(std::vector<Variable> parameters, const MuonOptions& options) {
  for (const Variable& parameter : parameters) {
    DL_CHECK(parameter.value().rank() >= 2)
        << "Muon: a parameter is " << ToString(parameter.shape()) << "; Muon is for matrices, Adam for the rest";
  }
  return std::make_unique<MuonOptimizer>(std::move(parameters), options);
}

}  // namespace dl
