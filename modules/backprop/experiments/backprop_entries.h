// What chapter 1 differentiates: operations, losses, layers, networks.
#ifndef MODULES_BACKPROP_EXPERIMENTS_BACKPROP_ENTRIES_H_
#define MODULES_BACKPROP_EXPERIMENTS_BACKPROP_ENTRIES_H_

#include <vector>

#include "modules/backprop/experiments/op_entry.h"

namespace dl {

// Operations.
std::vector<OpEntry> BackpropOps();
// Losses.
std::vector<OpEntry> BackpropLosses();
// Layers.
std::vector<OpEntry> BackpropLayers();
// Networks.
std::vector<OpEntry> BackpropNetworks();

}  // namespace dl

#endif  // MODULES_BACKPROP_EXPERIMENTS_BACKPROP_ENTRIES_H_
