// The op table: every differentiable operation, loss, layer and network of the project, ready to be checked.
//
// A test reads the headers of the rooms and fails where one declares what has no entry here.
#ifndef MODULES_BACKPROP_EXPERIMENTS_OP_TABLE_H_
#define MODULES_BACKPROP_EXPERIMENTS_OP_TABLE_H_

#include <vector>

#include "modules/backprop/experiments/op_entry.h"

namespace dl {

// All entries, in the order of the rooms.
const std::vector<OpEntry>& OpTable();

}  // namespace dl

#endif  // MODULES_BACKPROP_EXPERIMENTS_OP_TABLE_H_
