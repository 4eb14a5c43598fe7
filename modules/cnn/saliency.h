// Saliency: which pixels of a picture a network's score of a class hangs on, asked in four ways.
//
// Each takes a model, which makes scores of classes (logits) [N, K] of x [N, C, H, W]; the picture [1, C, H, W] in the
// form that the model wants, where 0 is the mean of the training set; and a class. It returns a map [H, W], plain f32,
// larger where more hangs on the pixel. The model is in evaluation mode and stays as it is.
#ifndef MODULES_CNN_SALIENCY_H_
#define MODULES_CNN_SALIENCY_H_

#include <cstddef>
#include <cstdint>

#include "modules/backprop/layer.h"
#include "modules/base/random.h"

namespace dl {

// The size of the score's derivative with respect to the pixel, the largest over the channels (Simonyan et al. 2014).
Tensor GradientMap(Layer& model, const Tensor& x, int64_t label);

struct SmoothGradOptions {
  int64_t copies = 25;
  double noise = 0.15;  // its standard deviation, as a share of the range of x from the least to the largest value
};

// The same of the mean of the derivatives at noisy copies of the picture (Smilkov et al. 2017).
Tensor SmoothGradMap(Layer& model, const Tensor& x, int64_t label, Random random,
                     const SmoothGradOptions& options = {});

// The maps [1, K, h, w] that layer `layer` of the row puts out, each weighted by the mean of the score's derivative by
// it, their sum where it is positive, enlarged to [H, W] by bilinear interpolation (Selvaraju et al. 2017).
Tensor GradCamMap(Sequential& model, const Tensor& x, int64_t label, size_t layer);

struct OcclusionOptions {
  int64_t side = 8;    // of the square that hides a part, pixels; at most H and W
  int64_t stride = 4;  // from one place of it to the next, pixels; at most `side`, so that each pixel is hidden
};

// By how much the score falls when a square of the mean colour hides the pixel, the mean over the squares that do;
// negative where it rises (Zeiler & Fergus 2014, who show the probability).
Tensor OcclusionMap(Layer& model, const Tensor& x, int64_t label, const OcclusionOptions& options = {});

}  // namespace dl

#endif  // MODULES_CNN_SALIENCY_H_
