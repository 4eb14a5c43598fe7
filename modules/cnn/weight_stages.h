// A network's stages: what the sanity check of saliency randomises one after the other (Adebayo et al. 2018).
#ifndef MODULES_CNN_WEIGHT_STAGES_H_
#define MODULES_CNN_WEIGHT_STAGES_H_

#include <cstddef>
#include <string>
#include <vector>

#include "modules/backprop/layer.h"

namespace dl {

// Layers first, ..., end - 1 of a row: one with weights, and what follows up to the next one with weights, its
// normalisation for one.
struct WeightStage {
  std::string name;  // "conv1", ..., "dense1", ...: of a convolution or a linear layer, each kind numbered from 1
  size_t first, end;
};

// The stages, first to last. Weights are parameters of two dimensions (dense) or four (convolution).
std::vector<WeightStage> WeightStages(const Sequential& net);

// Gives the parameters and buffers of the stage's layers in `to` their values in `from`, a network of the same build.
void CopyStage(const WeightStage& stage, const Sequential& from, Sequential& to);

}  // namespace dl

#endif  // MODULES_CNN_WEIGHT_STAGES_H_
