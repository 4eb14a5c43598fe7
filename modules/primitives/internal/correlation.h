// The inner loops of a convolution over interleaved images, cut to the processor's registers.
#ifndef MODULES_PRIMITIVES_INTERNAL_CORRELATION_H_
#define MODULES_PRIMITIVES_INTERNAL_CORRELATION_H_

#include <cstdint>
#include <vector>

#include "modules/primitives/internal/image_tile.h"

namespace dl::interleaved {

// y[k, i, j] = b[k] + sum over c, r, s of w[k, c, r, s] x[c, i·stride + r·dilation, j·stride + s·dilation]
struct Correlation {
  int64_t inputs, outputs, window_height, window_width, out_height, out_width, stride, dilation;

  int64_t weights() const { return outputs * inputs * window_height * window_width; }
  int64_t places() const { return out_height * out_width; }
};

// Where w[k, c, r, s] stands: at first[k·output + c·input + r·row + s·column].
struct Weights {
  const float* first;
  int64_t output, input, row, column;
};

// The weights in the order in which Correlate reads them.
std::vector<float> PackWeights(const Correlation& c, const Weights& w);

// y [outputs, out_height, out_width] of one group of images; b: [outputs].
void Correlate(const Correlation& c, const Tile& x, const float* packed_weights, const float* b, Vector* y);

}  // namespace dl::interleaved

#endif  // MODULES_PRIMITIVES_INTERNAL_CORRELATION_H_
