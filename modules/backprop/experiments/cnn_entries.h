// What the chapter on convolutional networks differentiates: operations, layers, networks.
#ifndef MODULES_BACKPROP_EXPERIMENTS_CNN_ENTRIES_H_
#define MODULES_BACKPROP_EXPERIMENTS_CNN_ENTRIES_H_

#include <vector>

#include "modules/backprop/experiments/op_entry.h"

namespace dl {

// Operations.
std::vector<OpEntry> CnnOps();
// Layers.
std::vector<OpEntry> CnnLayers();
// Networks.
std::vector<OpEntry> CnnNetworks();

}  // namespace dl

#endif  // MODULES_BACKPROP_EXPERIMENTS_CNN_ENTRIES_H_
