// Accuracy: the share of right answers, and how far it can be trusted.
#ifndef MODULES_TRAINING_ACCURACY_H_
#define MODULES_TRAINING_ACCURACY_H_

#include <cstdint>

#include "modules/training/predictions.h"

namespace dl {

struct Accuracy {
  int64_t correct, examples;
  double share;      // correct / examples, in [0, 1]; NaN where there are no examples
  double low, high;  // the 95 % interval of the share, low <= share <= high; [0, 1] where there are no examples
};

// `correct` of `examples`, 0 <= correct <= examples, with Wilson's score interval (E. B. Wilson: "Probable inference,
// the law of succession, and statistical inference", JASA 22, 1927). It is about the share among all
// examples like these, which the test set is a sample of, not about another training run.
Accuracy AccuracyOf(int64_t correct, int64_t examples);

// How often the label is among the k >= 1 likeliest classes; of equally likely ones the first come first, so that k = 1
// counts where PredictedClasses are the labels. From k = K on every answer is right.
Accuracy TopAccuracy(const Predictions& predictions, int64_t k = 1);

}  // namespace dl

#endif  // MODULES_TRAINING_ACCURACY_H_
