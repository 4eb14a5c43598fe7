// f(x) = ½ xᵀ H x in double: the function on which every rate of convergence is known. Its minimum, 0, lies at 0.
#ifndef MODULES_OPTIMIZERS_EXPERIMENTS_QUADRATIC_H_
#define MODULES_OPTIMIZERS_EXPERIMENTS_QUADRATIC_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "modules/base/random.h"
#include "modules/optimizers/optimizer.h"

namespace dl {

// `count` numbers, two at least, at equal ratios from `first` to `last`, both positive.
std::vector<double> LogSpaced(double first, double last, int64_t count);

class Quadratic {
 public:
  // H is diagonal: its eigenvectors are the axes.
  explicit Quadratic(std::vector<double> eigenvalues);

  // H = Q diag(eigenvalues) Qᵀ, where Q is orthogonal, drawn evenly from all such matrices.
  Quadratic(std::vector<double> eigenvalues, Random& random);

  int64_t dimension() const { return static_cast<int64_t>(eigenvalues_.size()); }
  const std::vector<double>& eigenvalues() const { return eigenvalues_; }

  // The point, [D] f64, of the given coordinates along the eigenvectors: whoever does not care for the direction of the
  // axes walks as far from there with one rotation as with another.
  Tensor At(const std::vector<double>& coordinates) const;

  // H x. x: [D] f64.
  Tensor Gradient(const Tensor& x) const;

  double Value(const Tensor& x) const;

 private:
  std::vector<double> eigenvalues_;
  std::vector<double> eigenvectors_;  // [D, D], one a row; empty where they are the axes
  std::vector<double> hessian_;       // [D, D]; empty where it is diagonal
};

// The Euclidean norm of an f64 tensor.
double Length(const Tensor& x);

using MakeOptimizerOf = std::function<std::unique_ptr<Optimizer>(std::vector<Variable> parameters)>;

struct DescentOptions {
  int64_t most_steps;
  double until = 0;  // the distance, as a part of that at the start, at which the descent has arrived
  int64_t stay = 0;  // steps that it goes on, and must stay that close: else it goes on to arrive anew
};

struct Descent {
  std::vector<double> distances;       // |x| / |start| after 0, 1, ... steps
  std::optional<int64_t> diverged_at;  // the step that left it beyond 1e9, or no number, which ended the descent
};

// Walks down from `start`, [D] f64, by the exact gradient. Cancelled after Ctrl-C.
absl::StatusOr<Descent> Descend(const Quadratic& f, Tensor start, const MakeOptimizerOf& make,
                                const DescentOptions& options);

}  // namespace dl

#endif  // MODULES_OPTIMIZERS_EXPERIMENTS_QUADRATIC_H_
