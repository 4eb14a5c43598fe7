// Calibration: whether a classifier that is sure to 80 % is right 80 times in 100.
//
// C. Guo, G. Pleiss, Y. Sun, K. Q. Weinberger: "On calibration of modern neural networks" (ICML 2017). The confidence
// of an answer is the probability of the predicted class.
#ifndef MODULES_TRAINING_CALIBRATION_H_
#define MODULES_TRAINING_CALIBRATION_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "modules/training/predictions.h"

namespace dl {

// The examples whose confidence lies in (low, high].
struct ReliabilityBin {
  double low, high;
  int64_t examples;
  double confidence;  // their mean confidence; NaN where there are none
  double accuracy;    // the share of them that is right; NaN where there are none
};

// The reliability diagram: `bins` >= 1 of equal width, which make up (0, 1].
std::vector<ReliabilityBin> ReliabilityBins(const Predictions& predictions, int64_t bins = 15);

// How far accuracy and confidence lie apart, in [0, 1]: the mean over the examples of their bin's |accuracy -
// confidence| (ECE), and the largest one of a bin (MCE), which small bins make large by chance. NaN where there are no
// examples.
double ExpectedCalibrationError(absl::Span<const ReliabilityBin> bins);
double MaximumCalibrationError(absl::Span<const ReliabilityBin> bins);

}  // namespace dl

#endif  // MODULES_TRAINING_CALIBRATION_H_
