// Winograd's convolution (Winograd 1980; Lavin & Gray 2016), derived, and as loops: fewer products, more rounding.
//
// Correlating r weights with n = m + r - 1 inputs gives m outputs. Read as polynomials, weights and inputs need only be
// multiplied at n points: n products instead of m r. The points decide the three matrices, and how much they enlarge
// rounding errors. Of two axes, everything is done twice, along rows and along columns: n² products instead of (m r)².
#ifndef MODULES_CNN_WINOGRAD_H_
#define MODULES_CNN_WINOGRAD_H_

#include <cstdint>
#include <vector>

#include "modules/primitives/tensor.h"

namespace dl {

using Matrix = std::vector<std::vector<double>>;  // row by row

// y = output ((weights g) · (input d)), with · element by element, is what the r weights g make of the n inputs d.
struct WinogradTransforms {
  Matrix output;   // [m, n]
  Matrix weights;  // [n, r]
  Matrix input;    // [n, n]
};

// F(m, r) by Toom and Cook, at m + r - 2 different `points` and at infinity.
WinogradTransforms MakeWinogradTransforms(int64_t outputs, int64_t window, const std::vector<double>& points);

// How many times fewer products F(m x m, r x r) needs than the definition.
double WinogradSaving(const WinogradTransforms& transforms);

// How many times larger than that of direct sums the result's error is, where sums run over many channels of random
// inputs and weights and each addition rounds to the same relative error. A product at points (i, j) is a sum over
// channels, whose error the transforms enlarge by what they make of it and of the result: along one axis by
//   g = the mean over the outputs t of Σ_i output[t, i]² |row i of input|² |row i of weights|² / r
// in variance, g² over both. A direct sum is r² times as long, and its error grows by the root of that: the factor is
// g / r.
double WinogradErrorGrowth(const WinogradTransforms& transforms);

// y [N, K, H - r + 1, W - r + 1] in f32: both transforms, products summed over the channels, and back, tile by tile.
// x: [N, C, H, W], w: [K, C, r, r], plain f32.
Tensor WinogradConvolution(const Tensor& x, const Tensor& w, const WinogradTransforms& transforms);

}  // namespace dl

#endif  // MODULES_CNN_WINOGRAD_H_
