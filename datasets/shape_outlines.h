// The ten classes of Shapes: their names and what they look like, clean and upright.
#ifndef DATASETS_SHAPE_OUTLINES_H_
#define DATASETS_SHAPE_OUTLINES_H_

#include <string>
#include <vector>

#include "datasets/polygon.h"

namespace dl {

struct NamedShape {
  std::string name;
  std::vector<Outline> outlines;  // in a box 100 units wide and 100 high
};

// In the order of their labels. None is another one turned, stretched or slanted but for circle and hexagon, which many
// pixels tell apart and few do not.
const std::vector<NamedShape>& ShapeOutlines();

}  // namespace dl

#endif  // DATASETS_SHAPE_OUTLINES_H_
