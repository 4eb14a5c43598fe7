// Correlation alignment (CORAL): how far apart the covariances of two domains' features are.
//
//   ||C_s - C_t||² / (4 D²), the squared Frobenius norm over D columns
//
// Deep CORAL (Sun & Saenko 2016) makes it small between the outputs of a layer on source and on target batches.
#ifndef MODULES_TRANSFER_CORAL_H_
#define MODULES_TRANSFER_CORAL_H_

#include "modules/backprop/variable.h"

namespace dl {

// As a loss, shape []. source: [N, D], target: [M, D], N and M at least 2; covariances are divided by N - 1 and M - 1.
Variable CoralLoss(const Variable& source, const Variable& target);

// As a measure, in double. source: [N, ...], target: [M, ...] of any type, N and M at least 2.
double CoralDistance(const Tensor& source, const Tensor& target);

}  // namespace dl

#endif  // MODULES_TRANSFER_CORAL_H_
