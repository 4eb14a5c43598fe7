// Functions of one element: activations and the elementary functions that losses are made of.
#ifndef MODULES_PRIMITIVES_ELEMENTWISE_H_
#define MODULES_PRIMITIVES_ELEMENTWISE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "modules/primitives/tensor.h"

namespace dl {

enum class Elementwise {
  kReLU,       // max(x, 0)
  kLeakyReLU,  // x where x > 0, else kLeakySlope x
  kSigmoid,    // 1 / (1 + e^-x)
  kTanh,
  kGELU,       // x Φ(x), Φ the standard normal distribution function (Hendrycks & Gimpel 2016)
  kELU,        // x where x > 0, else e^x - 1 (Clevert et al. 2016)
  kSiLU,       // x sigmoid(x) (Elfwing et al. 2018)
  kExp,
  kSqrt,
  kSquare,
  kAbs,
};

inline constexpr float kLeakySlope = 0.01f;

// Every function, in the order of the enumeration.
const std::vector<Elementwise>& AllElementwise();

// "relu", "leaky_relu", "sigmoid", ...; and back, InvalidArgument with the valid names on any other name.
const char* ToString(Elementwise f);
absl::StatusOr<Elementwise> ParseElementwise(const std::string& name);

// y = f(x) for each element. x: any shape and layout, f32, bf16 or f64; y: the same.
Tensor Apply(Elementwise f, const Tensor& x);

// Whether ApplyBackward reads the output y (true) or the input x: a function whose derivative is had from y needs to
// keep nothing for its backward pass.
bool DerivativeReadsOutput(Elementwise f);

// dx = f'(x) dy for each element. `x_or_y` is y where DerivativeReadsOutput(f), else x; dy has its shape and type.
Tensor ApplyBackward(Elementwise f, const Tensor& x_or_y, const Tensor& dy);

}  // namespace dl

#endif  // MODULES_PRIMITIVES_ELEMENTWISE_H_
