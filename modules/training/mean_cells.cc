#include "modules/training/mean_cells.h"

#include "modules/training/statistics.h"

namespace dl {

void AppendMean(const std::vector<double>& values, std::vector<Cell>& cells) {
  if (values.empty()) {
    cells.insert(cells.end(), 2, "");
  } else {
    cells.insert(cells.end(), {Mean(values), StandardDeviation(values)});
  }
}

}  // namespace dl
