// Muon (Jordan et al. 2024): momentum whose matrix is made orthogonal, so that every direction that it has moves alike.
#ifndef MODULES_OPTIMIZERS_MUON_H_
#define MODULES_OPTIMIZERS_MUON_H_

#include <memory>
#include <vector>

#include "modules/optimizers/optimizer.h"

namespace dl {

// x [m, n], f32 or f64, with every singular value that is not tiny brought near 1, by `steps` of the quintic
// Newton-Schulz iteration x ← a x + b (x xᵀ) x + c (x xᵀ)² x of Jordan et al., who chose a, b and c for speed: after
// five steps the values that began above 1/650 of the matrix's norm lie in [0.67, 1.21]. 0 stays 0.
Tensor Orthogonalized(const Tensor& x, int steps = 5);

struct MuonOptions {
  Schedule rate = Constant(1e-3);
  double momentum = 0.95;
  bool nesterov = true;
  double weight_decay = 0;  // apart from the gradient's history, as in AdamW
};

// For parameters of two dimensions or more; a convolution's weight [K, C, R, S] is taken as [K, C·R·S]. The orthogonal
// update of an [m, n] matrix is scaled by 0.2 √max(m, n), as in Liu et al. (2025): its root mean square is then about
// that of Adam's, and Adam's rates fit.
std::unique_ptr<Optimizer> Muon(std::vector<Variable> parameters, const MuonOptions& options);

}  // namespace dl

#endif  // MODULES_OPTIMIZERS_MUON_H_
