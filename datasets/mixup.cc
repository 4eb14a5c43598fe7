#include "datasets/mixup.h"

#include <cmath>

#include "modules/base/check.h"

namespace dl {
namespace {

// The logarithm of a number from Gamma(alpha), of scale 1 (Marsaglia & Tsang: "A simple method for generating gamma
// variables", 2000); the logarithm, because a small alpha draws numbers that no float holds.
double LogGammaNumber(double alpha, Random* random) {
  const auto uniform = [random] { return (random->Bits() + 0.5) * 0x1p-32; };  // in (0, 1)
  if (alpha < 1) return LogGammaNumber(alpha + 1, random) + std::log(uniform()) / alpha;
  const double d = alpha - 1.0 / 3, c = 1 / std::sqrt(9 * d);
  for (;;) {
    const double z = random->Normal();
    const double root = 1 + c * z;
    if (root <= 0) continue;
    const double v = root * root * root;
    if (std::log(uniform()) < 0.5 * z * z + d - d * v + d * std::log(v)) return std::log(d * v);
  }
}

}  // namespace

float MixupShare(float alpha, Random* random) {
  DL_CHECK(alpha > 0) << "MixupShare: alpha is " << alpha;
  const double a = LogGammaNumber(alpha, random), b = LogGammaNumber(alpha, random);
  return static_cast<float>(1 / (1 + std::exp(b - a)));
}

Tensor MixRows(const Tensor& x, absl::Span<const int64_t> partners, float share) {
  const int64_t rows = x.dim(0), size = rows == 0 ? 0 : x.size() / rows;
  DL_CHECK(static_cast<int64_t>(partners.size()) == rows)
      << "MixRows: " << partners.size() << " partners of " << rows << " rows";
  Tensor mixed(x.shape());
  float* y = mixed.mutable_data();
  for (int64_t i = 0; i < rows; ++i) {
    const int64_t j = partners[i];
    DL_CHECK(j >= 0 && j < rows) << "MixRows: partner " << j << " of " << rows << " rows";
    const float *a = x.data() + i * size, *b = x.data() + j * size;
    for (int64_t k = 0; k < size; ++k) *y++ = (1 - share) * a[k] + share * b[k];
  }
  return mixed;
}

}  // namespace dl
