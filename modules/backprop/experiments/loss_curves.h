// The losses as functions of one number, and one neuron that learns by them: what `losses` shows without any data.
#ifndef MODULES_BACKPROP_EXPERIMENTS_LOSS_CURVES_H_
#define MODULES_BACKPROP_EXPERIMENTS_LOSS_CURVES_H_

#include "modules/training/table.h"

namespace dl {

struct LossCurves {
  Table curves;  // loss, argument, x, value, slope: x from -5 to 5, value and slope from the engine
  Table ranges;  // loss, argument, the extremes of value and slope there, and the slope where x is 30 on the wrong side
};

// Squared error and Huber's (delta 1) of the residual; of the margin (how far the score is on the right side) hinge,
// binary cross-entropy, cross-entropy of ten classes whose other nine scores are equal, and half the squared error of a
// sigmoid.
LossCurves DrawLosses();

struct NeuronTables {
  Table epochs;   // cost, start, epoch, output, value, output_slope (of the cost by the weighted input), sigmoid_slope
  Table summary;  // cost, start, learning_rate, first and last output, slopes at the start, epochs until output <= 0.5
};

// A sigmoid neuron of one weight and one bias, input 1, target 0: 300 epochs of gradient descent from w = 0.6, b = 0.9
// (output 0.82) and w = b = 2 (0.98), by half the squared error with rate 0.15 and by cross-entropy with rate 0.005.
NeuronTables TrainNeurons();

}  // namespace dl

#endif  // MODULES_BACKPROP_EXPERIMENTS_LOSS_CURVES_H_
