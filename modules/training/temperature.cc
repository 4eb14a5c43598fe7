#include "modules/training/temperature.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "modules/base/check.h"

namespace dl {
namespace {

constexpr double kLeast = 0.01, kLargest = 100;  // temperatures

double LogProbability(float p) { return std::log(static_cast<double>(std::max(p, std::numeric_limits<float>::min()))); }

// softmax(log(p) / temperature), in double.
std::vector<double> Scaled(absl::Span<const float> p, double temperature) {
  const double largest = LogProbability(*std::max_element(p.begin(), p.end()));
  std::vector<double> y;
  double sum = 0;
  for (float value : p) sum += y.emplace_back(std::exp((LogProbability(value) - largest) / temperature));
  for (double& value : y) value /= sum;
  return y;
}

// The derivative of the summed cross-entropy with respect to 1/T, which grows with 1/T: for each example the mean
// logit under the scaled probabilities, less the label's.
double Slope(const Predictions& predictions, double temperature) {
  double slope = 0;
  for (int64_t i = 0; i < predictions.size(); ++i) {
    const auto p = predictions.row(i);
    const std::vector<double> q = Scaled(p, temperature);
    for (size_t c = 0; c < q.size(); ++c) slope += q[c] * LogProbability(p[c]);
    slope -= LogProbability(p[predictions.labels[i]]);
  }
  return slope;
}

}  // namespace

double FitTemperature(const Predictions& validation) {
  CheckPredictions("FitTemperature", validation);
  DL_CHECK(validation.size() >= 1) << "FitTemperature: no examples";
  double low = std::log(kLeast), high = std::log(kLargest);
  for (int i = 0; i < 40; ++i) {  // bisection of log T
    const double middle = (low + high) / 2;
    (Slope(validation, std::exp(middle)) > 0 ? low : high) = middle;
  }
  return std::exp((low + high) / 2);
}

Predictions AtTemperature(const Predictions& predictions, double temperature) {
  CheckPredictions("AtTemperature", predictions);
  DL_CHECK(temperature > 0) << "AtTemperature: temperature is " << temperature;
  Predictions scaled = predictions;
  float* y = scaled.probabilities.mutable_data();
  for (int64_t i = 0; i < predictions.size(); ++i) {
    for (double p : Scaled(predictions.row(i), temperature)) *y++ = static_cast<float>(p);
  }
  return scaled;
}

}  // namespace dl
