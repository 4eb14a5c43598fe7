// The differentiable operations on images: the spatial primitives, with their vector-Jacobian products beside them.
//
// Shapes, types and checks are those of the primitive of the same name in modules/primitives.
#ifndef MODULES_CNN_OPS_H_
#define MODULES_CNN_OPS_H_

#include "modules/backprop/variable.h"
#include "modules/primitives/batch_normalization.h"
#include "modules/primitives/convolution.h"
#include "modules/primitives/pooling.h"

namespace dl {

// y = x * w + b, a convolution over height and width. x: [N, C, H, W], w: [K, C / groups, R, S], b: [K];
// y: [N, K, Ho, Wo].
Variable Convolution(const Variable& x, const Variable& w, const Variable& b, const ConvolutionOptions& options = {});

// The same without bias.
Variable Convolution(const Variable& x, const Variable& w, const ConvolutionOptions& options = {});

// One batch-normalised, and what training remembers of it for inference.
struct BatchNormalized {
  Variable y;
  BatchStatistics statistics;  // of this batch
};

// Training: each channel of the batch to mean 0 and variance 1, then scaled and shifted; the gradient runs through the
// statistics too. x: [N, C, H, W] or [N, C]; scale, shift: [C]; y: x's shape.
BatchNormalized BatchNormalization(const Variable& x, const Variable& scale, const Variable& shift,
                                   const BatchNormalizationOptions& options = {});

// Inference: by statistics that were gathered before, [C], which are constants here; without the statistics of its own,
// each example is on its own too. Shapes as for training.
Variable BatchNormalizationInference(const Variable& x, const BatchStatistics& statistics, const Variable& scale,
                                     const Variable& shift, const BatchNormalizationOptions& options = {});

// The end of a residual block, training: y = max(batch normalisation of x + around, 0). As one operation it keeps
// nothing of what is in between. around, y: x's shape; the rest as above, without a ReLU of its own.
BatchNormalized BatchNormalizationAddReLU(const Variable& x, const Variable& scale, const Variable& shift,
                                          const Variable& around, const BatchNormalizationOptions& options = {});

// y = max(a + b, 0): that end, behind whatever made a. a, b, y: of one shape.
Variable AddReLU(const Variable& a, const Variable& b);

// The maximum and the mean of each window. x: [N, C, H, W]; y: [N, C, Ho, Wo].
Variable MaxPool(const Variable& x, const PoolingOptions& options);
Variable AveragePool(const Variable& x, const PoolingOptions& options);

}  // namespace dl

#endif  // MODULES_CNN_OPS_H_
