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

// dw [outputs, inputs, window_height, window_width] of one group: for each weight, the sum of dy[k, i, j] times the
// element of x that it met. dy: [outputs, out_height, out_width]; scratch: weights() vectors.
void CorrelateWeights(const Correlation& c, const Tile& x, const Vector* dy, Vector* scratch, float* dw);

// db [outputs] of one group: the sum of each of its maps.
void SumMaps(const Correlation& c, const Vector* dy, float* db);

}  // namespace dl::interleaved

#endif  // MODULES_PRIMITIVES_INTERNAL_CORRELATION_H_
