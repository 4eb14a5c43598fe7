// Deletion (Petsiuk et al. 2018): what a map of saliency is worth, asked of the network itself.
#ifndef MODULES_CNN_DELETION_H_
#define MODULES_CNN_DELETION_H_

#include <cstdint>
#include <vector>

#include "modules/backprop/layer.h"

namespace dl {

// The pixels of a map [H, W] by their number in row-major order, those of the largest values first.
std::vector<int64_t> MostSalientFirst(const Tensor& map);

// The probability of class `label` after 0, 1, ..., `steps` equal parts of the pixels, in the order given, have become
// 0, the mean colour: steps + 1 values, from the whole picture to none. The model, in evaluation mode, makes logits
// [N, K] of x [N, C, H, W]; x: [1, C, H, W]; order: H · W pixels.
std::vector<double> DeletionCurve(Layer& model, const Tensor& x, int64_t label, const std::vector<int64_t>& order,
                                  int64_t steps);

// The area under a curve of at least two equally spaced values over [0, 1], by the trapezoidal rule. Under a deletion
// curve: the smaller, the sooner the network loses what it went by.
double AreaUnder(const std::vector<double>& curve);

}  // namespace dl

#endif  // MODULES_CNN_DELETION_H_
