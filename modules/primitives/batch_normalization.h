// Batch normalisation (Ioffe & Szegedy 2015): each channel to mean 0 and variance 1, then scaled and shifted.
//
//   y = scale · (x - mean) / sqrt(variance + epsilon) + shift
//
// Training takes mean and variance from the batch itself, over N, H and W; inference is given them. A ReLU that follows
// can be fused into it, which saves a pass over memory each way.
#ifndef MODULES_PRIMITIVES_BATCH_NORMALIZATION_H_
#define MODULES_PRIMITIVES_BATCH_NORMALIZATION_H_

#include "modules/primitives/tensor.h"

namespace dl {

struct BatchNormalizationOptions {
  float epsilon = 1e-5f;  // added to the variance
  bool relu = false;      // y = max(the above, 0)
};

// Of each channel, over N, H and W: [C], f64 from f64 and else f32.
struct BatchStatistics {
  Tensor mean;
  Tensor variance;  // the mean squared distance from the mean: divided by N H W, not by one less
};

struct BatchNormalizationResult {
  Tensor y;  // x's shape, type and, but for the maps of few channels, order
  BatchStatistics statistics;
  Tensor relu_mask;  // where the fused ReLU let through, for the backward pass; Tensor() without it
};

// Training. x: [N, C, H, W] of any layout or [N, C], f32, bf16 or f64; scale, shift: [C], f64 beside f64 and
// else f32.
BatchNormalizationResult BatchNormalization(const Tensor& x, const Tensor& scale, const Tensor& shift,
                                            const BatchNormalizationOptions& options = {});

// Inference: y from statistics that were gathered before. Shapes and types as for training.
Tensor BatchNormalizationInference(const Tensor& x, const BatchStatistics& statistics, const Tensor& scale,
                                   const Tensor& shift, const BatchNormalizationOptions& options = {});

struct BatchNormalizationGradients {
  Tensor dx;      // y's shape, type and order
  Tensor dscale;  // [C], of scale's type
  Tensor dshift;  // [C], of scale's type
};

// The gradients of training, through the statistics too; `statistics` and `relu_mask` are the forward pass's. dy: x's
// shape and type.
BatchNormalizationGradients BatchNormalizationBackward(const Tensor& x, const Tensor& scale,
                                                       const BatchStatistics& statistics, const Tensor& relu_mask,
                                                       const Tensor& dy, const BatchNormalizationOptions& options = {});

// The gradients of inference, whose statistics are constants: dx = dy · scale / sqrt(variance + epsilon). dy: x's shape
// and type, behind the fused ReLU's own gradient; `options.relu` is not looked at.
BatchNormalizationGradients BatchNormalizationInferenceBackward(const Tensor& x, const BatchStatistics& statistics,
                                                                const Tensor& scale, const Tensor& dy,
                                                                const BatchNormalizationOptions& options = {});

}  // namespace dl

#endif  // MODULES_PRIMITIVES_BATCH_NORMALIZATION_H_
