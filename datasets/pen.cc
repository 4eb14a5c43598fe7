#include "datasets/pen.h"

#include <algorithm>
#include <cmath>

namespace dl {
namespace {

void DrawSegment(const PenPoint& a, const PenPoint& b, float softness, Ink* ink) {
  const float reach = std::max(a.radius, b.radius) + 0.5f * softness;
  const auto first = [&](float low) { return std::max<int64_t>(static_cast<int64_t>(std::floor(low - reach)), 0); };
  const int64_t top = first(std::min(a.y, b.y)), left = first(std::min(a.x, b.x));
  const int64_t bottom = std::min<int64_t>(static_cast<int64_t>(std::ceil(std::max(a.y, b.y) + reach)), ink->height);
  const int64_t right = std::min<int64_t>(static_cast<int64_t>(std::ceil(std::max(a.x, b.x) + reach)), ink->width);
  const float dx = b.x - a.x, dy = b.y - a.y;
  const float square = dx * dx + dy * dy;
  const float inverse = square > 0 ? 1 / square : 0, sharpness = 1 / softness;
  for (int64_t row = top; row < bottom; ++row) {
    const float y = static_cast<float>(row) + 0.5f - a.y;
    for (int64_t column = left; column < right; ++column) {
      const float x = static_cast<float>(column) + 0.5f - a.x;
      const float t = std::clamp((x * dx + y * dy) * inverse, 0.0f, 1.0f);  // the nearest place of the segment
      const float ex = x - t * dx, ey = y - t * dy;
      const float radius = a.radius + t * (b.radius - a.radius);
      const float amount = (radius - std::sqrt(ex * ex + ey * ey)) * sharpness + 0.5f;
      float& value = ink->values[row * ink->width + column];
      value = std::max(value, std::min(amount, 1.0f));
    }
  }
}

}  // namespace

void DrawLine(absl::Span<const PenPoint> points, Ink* ink, float softness) {
  if (points.size() == 1) DrawSegment(points[0], points[0], softness, ink);
  for (size_t i = 1; i < points.size(); ++i) DrawSegment(points[i - 1], points[i], softness, ink);
}

}  // namespace dl
