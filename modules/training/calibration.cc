#include "modules/training/calibration.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "modules/base/check.h"

namespace dl {

std::vector<ReliabilityBin> ReliabilityBins(const Predictions& predictions, int64_t bins) {
  DL_CHECK(bins >= 1) << "ReliabilityBins: " << bins << " bins";
  const std::vector<int64_t> predicted = PredictedClasses(predictions);
  const auto width = static_cast<double>(bins);
  std::vector<ReliabilityBin> result;
  for (int64_t b = 0; b < bins; ++b) {
    result.push_back({static_cast<double>(b) / width, static_cast<double>(b + 1) / width, 0, 0, 0});
  }
  for (int64_t i = 0; i < predictions.size(); ++i) {
    const double confidence = predictions.row(i)[predicted[i]];
    const auto b = static_cast<int64_t>(std::ceil(confidence * width)) - 1;
    ReliabilityBin& bin = result[std::clamp<int64_t>(b, 0, bins - 1)];
    ++bin.examples;
    bin.confidence += confidence;
    bin.accuracy += predicted[i] == predictions.labels[i];
  }
  for (ReliabilityBin& bin : result) {
    bin.confidence /= static_cast<double>(bin.examples);
    bin.accuracy /= static_cast<double>(bin.examples);
  }
  return result;
}

double ExpectedCalibrationError(absl::Span<const ReliabilityBin> bins) {
  double sum = 0, examples = 0;
  for (const ReliabilityBin& bin : bins) {
    if (bin.examples == 0) continue;
    sum += static_cast<double>(bin.examples) * std::abs(bin.accuracy - bin.confidence);
    examples += static_cast<double>(bin.examples);
  }
  return sum / examples;
}

double MaximumCalibrationError(absl::Span<const ReliabilityBin> bins) {
  double largest = std::numeric_limits<double>::quiet_NaN();
  for (const ReliabilityBin& bin : bins) {
    if (bin.examples > 0) largest = std::fmax(largest, std::abs(bin.accuracy - bin.confidence));
  }
  return largest;
}

}  // namespace dl
