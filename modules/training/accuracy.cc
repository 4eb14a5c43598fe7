#include "modules/training/accuracy.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "modules/base/check.h"

namespace dl {
namespace {

constexpr double kZ = 1.959963984540054;  // 95 % of a normal distribution lie within so many standard deviations

// How many classes come before the label.
int64_t Rank(absl::Span<const float> probabilities, int32_t label) {
  int64_t rank = 0;
  for (size_t c = 0; c < probabilities.size(); ++c) {
    const bool earlier = static_cast<int64_t>(c) < label;
    rank += probabilities[c] > probabilities[label] || (probabilities[c] == probabilities[label] && earlier);
  }
  return rank;
}

}  // namespace

Accuracy AccuracyOf(int64_t correct, int64_t examples) {
  DL_CHECK(correct >= 0 && correct <= examples) << "AccuracyOf: " << correct << " of " << examples;
  if (examples == 0) return {0, 0, std::numeric_limits<double>::quiet_NaN(), 0, 1};
  const auto n = static_cast<double>(examples);
  const double share = static_cast<double>(correct) / n, zz = kZ * kZ / n;
  const double centre = (share + zz / 2) / (1 + zz);
  const double half = std::sqrt(zz * (share * (1 - share) + zz / 4)) / (1 + zz);
  return {correct, examples, share, std::clamp(centre - half, 0.0, share), std::clamp(centre + half, share, 1.0)};
}

Accuracy TopAccuracy(const Predictions& predictions, int64_t k) {
  CheckPredictions("TopAccuracy", predictions);
  DL_CHECK(k >= 1) << "TopAccuracy: k is " << k;
  int64_t correct = 0;
  for (int64_t i = 0; i < predictions.size(); ++i) correct += Rank(predictions.row(i), predictions.labels[i]) < k;
  return AccuracyOf(correct, predictions.size());
}

}  // namespace dl
