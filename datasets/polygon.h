// Areas with straight edges, filled: how much of each pixel lies within an outline.
#ifndef DATASETS_POLYGON_H_
#define DATASETS_POLYGON_H_

#include <vector>

#include "absl/types/span.h"
#include "datasets/deformation.h"
#include "datasets/pen.h"

namespace dl {

// The corners of a closed line that does not cross itself, in order; the last is joined to the first.
using Outline = std::vector<Place>;

// The ink of the area within `outlines`, in pixels of an image of `height` by `width`: of each pixel exactly the share
// that lies inside, whatever parts lie outside the image. Areas of outlines that run in one direction add up, which is
// wrong where they overlap; an outline that runs the other way within one of them cuts a hole.
Ink FillOutlines(absl::Span<const Outline> outlines, int64_t height, int64_t width);

}  // namespace dl

#endif  // DATASETS_POLYGON_H_
