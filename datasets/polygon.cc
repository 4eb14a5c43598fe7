#include "datasets/polygon.h"

#include <algorithm>
#include <cmath>

namespace dl {
namespace {

// Each piece of an edge covers what lies to the right of it in its rows, with the sign of its direction: going around
// an outline, all but the inside cancels. `change` of a row holds by how much the covered share of a pixel differs from
// that of its left neighbour, so that a running sum makes the shares.

// A piece within one row and one column of the image: its height, signed, and the x of its middle.
void AddPiece(float height, float x, int64_t column, int64_t width, float* change) {
  const float right = x - static_cast<float>(column);  // the share that its own pixel does not get
  change[column] += height * (1 - right);
  if (column + 1 < width) change[column + 1] += height * right;
}

// The part of an edge in one row: from x0 to x1, `height` of a pixel high, signed.
void AddRow(float x0, float x1, float height, int64_t width, float* change) {
  if (x0 > x1) std::swap(x0, x1);
  if (x1 <= 0) {
    change[0] += height;  // all of the row is to the right of it
    return;
  }
  const auto column_of = [width](float x) { return static_cast<int64_t>(std::min(x, static_cast<float>(width))); };
  const float slope = height / (x1 - x0);  // unused where the edge is upright
  if (x0 < 0) {
    change[0] -= slope * x0;
    height += slope * x0;
    x0 = 0;
  }
  int64_t column = column_of(x0);
  if (column < width && x1 <= static_cast<float>(column + 1)) {
    AddPiece(height, 0.5f * (x0 + x1), column, width, change);
    return;
  }
  for (; column < width && x0 < x1; ++column) {
    const float to = std::min(static_cast<float>(column + 1), x1);
    AddPiece(slope * (to - x0), 0.5f * (x0 + to), column, width, change);
    x0 = to;
  }
}

void AddEdge(Place a, Place b, Ink* changes) {
  if (a.y == b.y) return;
  const float sign = a.y < b.y ? 1.0f : -1.0f;
  if (a.y > b.y) std::swap(a, b);
  const float slope = (b.x - a.x) / (b.y - a.y);
  const float top = std::max(a.y, 0.0f), bottom = std::min(b.y, static_cast<float>(changes->height));
  for (auto row = static_cast<int64_t>(top); static_cast<float>(row) < bottom; ++row) {
    const float from = std::max(static_cast<float>(row), top), to = std::min(static_cast<float>(row + 1), bottom);
    AddRow(a.x + (from - a.y) * slope, a.x + (to - a.y) * slope, sign * (to - from), changes->width,
           &changes->values[row * changes->width]);
  }
}

}  // namespace

Ink FillOutlines(absl::Span<const Outline> outlines, int64_t height, int64_t width) {
  Ink ink(height, width);
  for (const Outline& outline : outlines) {
    for (size_t i = 0; i < outline.size(); ++i) AddEdge(outline[i], outline[(i + 1) % outline.size()], &ink);
  }
  for (int64_t row = 0; row < height; ++row) {
    float sum = 0;
    for (int64_t column = 0; column < width; ++column) {
      float& value = ink.values[row * width + column];
      sum += value;
      value = std::min(std::abs(sum), 1.0f);
    }
  }
  return ink;
}

}  // namespace dl
