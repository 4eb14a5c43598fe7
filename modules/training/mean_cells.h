// A pair of cells in a table of results: NAME_mean and NAME_std.
#ifndef MODULES_TRAINING_MEAN_CELLS_H_
#define MODULES_TRAINING_MEAN_CELLS_H_

#include <vector>

#include "modules/training/table.h"

namespace dl {

// Appends mean and standard deviation of `values` to `cells`; of no values, two empty cells.
void AppendMean(const std::vector<double>& values, std::vector<Cell>& cells);

}  // namespace dl

#endif  // MODULES_TRAINING_MEAN_CELLS_H_
