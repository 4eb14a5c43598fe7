#include "modules/transfer/proxy_a_distance.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

#include "modules/backprop/gradients.h"
#include "modules/backprop/losses.h"
#include "modules/backprop/ops.h"
#include "modules/base/random.h"
#include "modules/optimizers/optimizer.h"
#include "modules/primitives/concat.h"
#include "modules/primitives/reorder.h"
#include "modules/transfer/feature_matrix.h"

namespace dl {
namespace {

constexpr int64_t kSteps = 300;
constexpr double kRate = 0.05;
constexpr float kDecay = 1e-3f;  // λ of λ/2 |w|²: enough for a least loss to exist where the domains can be separated

struct Halves {
  Tensor learn, test;  // f64 [N / 2, D] and the rest
};

Halves Halved(const Tensor& x, Random random) {
  const int64_t n = x.dim(0), d = x.dim(1);
  const std::vector<int64_t> order = random.Permutation(n);
  Tensor shuffled(x.shape(), DType::kF64);
  double* rows = shuffled.mutable_data_f64();
  for (int64_t i = 0; i < n; ++i) std::copy_n(x.data_f64() + order[i] * d, d, rows + i * d);
  std::vector<Tensor> halves = Split(shuffled, {n / 2, n - n / 2}, 0);
  return {halves[0], halves[1]};
}

// Columns to mean 0 and deviation 1, by the statistics of the rows that were learned from; f32.
struct Standardization {
  explicit Standardization(const Tensor& x) : means(ColumnMeans(x)), factors({x.dim(1)}, DType::kF64) {
    const Tensor centred = Centred(x, means);
    const int64_t n = x.dim(0), d = x.dim(1);
    for (int64_t k = 0; k < d; ++k) {
      double squares = 0;
      for (int64_t i = 0; i < n; ++i) squares += centred.data_f64()[i * d + k] * centred.data_f64()[i * d + k];
      factors.mutable_data_f64()[k] = squares > 0 ? std::sqrt(static_cast<double>(n) / squares) : 0;
    }
  }
  Tensor operator()(const Tensor& x) const { return Cast(Multiply(Centred(x, means), factors), DType::kF32); }

  Tensor means, factors;  // [D]
};

// The share of the logits on the wrong side of 0, which itself counts half.
double ErrorShare(const Tensor& logits, bool source) {
  double wrong = 0;
  for (const float z : logits.values()) wrong += z == 0 ? 0.5 : (z > 0) != source;
  return wrong / static_cast<double>(logits.size());
}

}  // namespace

double ProxyADistance(const Tensor& source, const Tensor& target, uint64_t seed) {
  const auto [a, b] = FeatureMatrices("ProxyADistance", source, target, 2);
  const Random random(seed);
  const Halves s = Halved(a, random.Split(0)), t = Halved(b, random.Split(1));
  const Standardization standardized(Concat(std::vector<Tensor>{s.learn, t.learn}, 0));
  const Tensor xs = standardized(s.learn), xt = standardized(t.learn);
  const Variable w = Tensor::Zeros({1, a.dim(1)}), bias = Tensor::Zeros({1});
  const auto optimizer = Adam({w, bias}, {.rate = CosineDecay(kRate, kSteps)});
  for (int64_t step = 0; step < kSteps; ++step) {
    const auto loss_of = [&](const Tensor& x, float label) {
      return BinaryCrossEntropyWithLogits(Affine(x, w, bias), Tensor::Full({x.dim(0), 1}, label));
    };
    const Variable loss = loss_of(xs, 1) + loss_of(xt, 0) + L2Penalty({w}, kDecay);
    optimizer->Step(Gradients(loss, optimizer->parameters()));
  }
  const auto logits = [&](const Tensor& x) { return Affine(standardized(x), w.value(), bias.value()); };
  const double error = (ErrorShare(logits(s.test), true) + ErrorShare(logits(t.test), false)) / 2;
  return 2 * (1 - 2 * error);
}

}  // namespace dl
