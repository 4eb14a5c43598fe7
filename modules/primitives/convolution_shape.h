// The geometry of a convolution: its options, and the shape that they give the result.
#ifndef MODULES_PRIMITIVES_CONVOLUTION_SHAPE_H_
#define MODULES_PRIMITIVES_CONVOLUTION_SHAPE_H_

#include <cstdint>

#include "modules/primitives/shape.h"

namespace dl {

// By which arithmetic oneDNN computes a convolution. Networks leave the choice open; comparisons do not.
enum class ConvolutionAlgorithm {
  kFastest,   // whichever of the two it takes for the faster one
  kDirect,    // the sums of the definition
  kWinograd,  // F(4x4, 3x3) (Lavin & Gray 2016); only where HasWinograd (convolution.h)
};

// The same for both axes.
struct ConvolutionOptions {
  int64_t stride = 1;
  int64_t padding = 0;
  int64_t dilation = 1;
  int64_t groups = 1;
  ConvolutionAlgorithm algorithm = ConvolutionAlgorithm::kFastest;
};

// The shape [N, K, Ho, Wo] of the result for x [N, C, H, W] and w [K, C / groups, R, S]; Ho = (H + 2 padding -
// dilation (R - 1) - 1) / stride + 1, rounded down. Shapes that do not fit stop the program.
Shape ConvolutionShape(const Shape& x, const Shape& w, const ConvolutionOptions& options);

}  // namespace dl

#endif  // MODULES_PRIMITIVES_CONVOLUTION_SHAPE_H_
