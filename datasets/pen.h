// A round pen on paper: ink along a line, with smooth edges.
#ifndef DATASETS_PEN_H_
#define DATASETS_PEN_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"

namespace dl {

// How much of each pixel is inked, in [0, 1], row-major [height, width].
struct Ink {
  Ink(int64_t height, int64_t width) : height(height), width(width), values(height * width) {}

  int64_t height, width;
  std::vector<float> values;
};

// A place of the pen in pixels, x to the right, y downwards, (0, 0) the outer corner of the first pixel, and half the
// width of the line there.
struct PenPoint {
  float x, y, radius;
};

// Draws the line through `points` (one point makes a dot), its radius growing linearly between them. A pixel whose
// centre lies at distance d from the line of radius r is inked by (r - d) / softness + 1/2, clamped to [0, 1]; where
// lines cross, the darker one counts. `softness` is the width of the smooth edge in pixels.
void DrawLine(absl::Span<const PenPoint> points, Ink* ink, float softness = 1.0f);

}  // namespace dl

#endif  // DATASETS_PEN_H_
