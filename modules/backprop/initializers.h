// Initialisers: the random values that a network starts from.
//
// A weight is [K, D] (dense: K outputs, D inputs) or [K, C, R, S] (convolution: K filters over C channels); its fan-in is
// D or C·R·S, its fan-out K or K·R·S.
#ifndef MODULES_BACKPROP_INITIALIZERS_H_
#define MODULES_BACKPROP_INITIALIZERS_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "modules/base/random.h"
#include "modules/primitives/tensor.h"

namespace dl {

using Initializer = std::function<Tensor(const Shape& shape, Random& random)>;

// The number of inputs of one output, and of outputs of one input.
struct Fans {
  int64_t in, out;
};
Fans FansOf(const Shape& shape);

// All zeros.
Tensor ZeroInit(const Shape& shape, Random& random);

// Normal with mean 0 and the given standard deviation.
Initializer NormalInit(float deviation);

// The same, but what lies beyond two deviations is drawn anew: TensorFlow's truncated normal, whose own deviation is
// 0.88 times the given one.
Initializer TruncatedNormalInit(float deviation);

// Normal of variance 1 / fan-in, with which a layer without an activation keeps its inputs' size (LeCun et al. 1998).
Tensor LecunNormal(const Shape& shape, Random& random);

// Variance 2 / (fan-in + fan-out), which keeps activations and gradients of equal size through tanh layers: uniform in
// ±sqrt(6 / (fan-in + fan-out)), or normal (Glorot & Bengio 2010).
Tensor XavierUniform(const Shape& shape, Random& random);
Tensor XavierNormal(const Shape& shape, Random& random);

// Variance 2 / fan-in, since a ReLU halves the second moment: uniform in ±sqrt(6 / fan-in), or normal (He et al. 2015).
Tensor KaimingUniform(const Shape& shape, Random& random);
Tensor KaimingNormal(const Shape& shape, Random& random);

// Rows (or, of a tall matrix, columns) that are orthonormal, times `gain` (Saxe et al. 2014); a convolution's weight is
// taken as [K, C·R·S].
Initializer OrthogonalInit(float gain = 1.0f);

// What ParseInitializer knows: "zero", "normal" (of deviation 1), "lecun", "xavier", "xavier_uniform", "kaiming",
// "kaiming_uniform", "orthogonal".
std::vector<std::string> InitializerNames();

// The initialiser NAME, or NAME:FACTOR, whose weights are FACTOR times as large: "normal:0.01" has deviation 0.01.
// InvalidArgument with the valid names on any other.
absl::StatusOr<Initializer> ParseInitializer(const std::string& name);

}  // namespace dl

#endif  // MODULES_BACKPROP_INITIALIZERS_H_
