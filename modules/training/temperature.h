// Temperature scaling: one number that makes a classifier less, or more, sure of all its answers.
//
// C. Guo, G. Pleiss, Y. Sun, K. Q. Weinberger: "On calibration of modern neural networks" (ICML 2017). Dividing all
// logits by T > 0 changes no answer; T > 1 brings the probabilities nearer to 1/K.
#ifndef MODULES_TRAINING_TEMPERATURE_H_
#define MODULES_TRAINING_TEMPERATURE_H_

#include "modules/training/predictions.h"

namespace dl {

// The T in [0.01, 100] at which the mean cross-entropy of `validation`, which holds an example at least, is least. It
// is to be found on examples that are neither trained on nor tested on.
double FitTemperature(const Predictions& validation);

// The probabilities p at temperature T > 0: softmax(log(p) / T), which is the softmax of the logits over T. Of
// probabilities that f32 cannot hold, the least one that it can hold is taken.
Predictions AtTemperature(const Predictions& predictions, double temperature);

}  // namespace dl

#endif  // MODULES_TRAINING_TEMPERATURE_H_
