// What a picture of paths over contours is drawn from: the data of paths.gp.
#ifndef MODULES_OPTIMIZERS_EXPERIMENTS_PATH_MAP_H_
#define MODULES_OPTIMIZERS_EXPERIMENTS_PATH_MAP_H_

#include <cstdint>
#include <string>
#include <vector>

#include "modules/optimizers/experiments/descent.h"
#include "modules/training/table.h"

namespace dl {

// The steps of a walk, from the first to `end`, that a picture of the window can tell apart; these two are among them.
// Of a walk that leaps about to its end, the first 500, and the last.
std::vector<int64_t> VisibleSteps(const Window& window, const Walk& walk, int64_t end);

// Panels that show a surface each, in one table: rows of kind "grid" are f above its minimum on a lattice over the
// window, row by row from the bottom, those of kind "minimum" the minima, those of kind "path" the walks, each under
// the name of its walker.
class PathMap {
 public:
  PathMap() : table_({"kind", "panel", "title", "walker", "step", "x", "y", "above_minimum"}) {}

  // Begins a panel with grid x grid lattice points, grid > 1.
  void AddPanel(const std::string& title, const Surface& surface, int64_t grid);

  // Of that panel: the visible steps of a walk until `end`.
  void AddPath(const std::string& walker, const Walk& walk, int64_t end);

  std::string ToCsv() const { return table_.ToCsv(); }

 private:
  Table table_;
  Surface surface_;  // of the present panel
  std::string title_;
  int64_t panel_ = -1;
};

}  // namespace dl

#endif  // MODULES_OPTIMIZERS_EXPERIMENTS_PATH_MAP_H_
