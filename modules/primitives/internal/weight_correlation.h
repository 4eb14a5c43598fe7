// The inner loops of a convolution's weight gradient over interleaved images.
#ifndef MODULES_PRIMITIVES_INTERNAL_WEIGHT_CORRELATION_H_
#define MODULES_PRIMITIVES_INTERNAL_WEIGHT_CORRELATION_H_

#include "modules/primitives/internal/correlation.h"
#include "modules/primitives/internal/image_tile.h"

namespace dl::interleaved {

// dw [outputs, inputs, window_height, window_width] of one group: for each weight, the sum of dy[k, i, j] times the
// element of x that it met. dy: [outputs, out_height, out_width]; scratch: weights() vectors.
void CorrelateWeights(const Correlation& c, const Tile& x, const Vector* dy, Vector* scratch, float* dw);

// db [outputs] of one group: the sum of each of its maps.
void SumMaps(const Correlation& c, const Vector* dy, float* db);

}  // namespace dl::interleaved

#endif  // MODULES_PRIMITIVES_INTERNAL_WEIGHT_CORRELATION_H_
