#include "datasets/deformation.h"

#include <algorithm>
#include <utility>

#include "datasets/exact_random.h"

namespace dl {
namespace {

// The cell that a coordinate lies in, on a grid of `nodes` across the box, and how far into it, eased so that the field
// bends without a kink.
std::pair<int, float> Locate(float coordinate, int nodes) {
  const float place = std::clamp(coordinate / 100.0f, 0.0f, 1.0f) * static_cast<float>(nodes - 1);
  const int cell = std::min(static_cast<int>(place), nodes - 2);
  const float t = place - static_cast<float>(cell);
  return {cell, t * t * (3.0f - 2.0f * t)};
}

}  // namespace

ElasticField::ElasticField(float spread, Random* random) {
  for (Place& node : nodes_) node = {spread * Bell(random), spread * Bell(random)};
}

Place ElasticField::At(Place p) const {
  const auto [column, u] = Locate(p.x, kNodes);
  const auto [row, v] = Locate(p.y, kNodes);
  const Place* n = &nodes_[row * kNodes + column];
  const auto blend = [u = u, v = v](float a, float b, float c, float d) {
    return (1 - v) * ((1 - u) * a + u * b) + v * ((1 - u) * c + u * d);
  };
  return {blend(n[0].x, n[1].x, n[kNodes].x, n[kNodes + 1].x), blend(n[0].y, n[1].y, n[kNodes].y, n[kNodes + 1].y)};
}

Pose::Pose(const PoseSpread& spread, float pixels_per_unit, int64_t side, Random* random) {
  const float half = 0.5f * spread.turn * Bell(random);  // the tangent of half the angle makes its cosine and sine
  const float cosine = (1 - half * half) / (1 + half * half), sine = 2 * half / (1 + half * half);
  const float shear = spread.shear * Bell(random);
  const float size = 1 + spread.stretch * Bell(random);
  const float sx = pixels_per_unit * size * (1 + spread.stretch * Bell(random));
  const float sy = pixels_per_unit * size;
  xx_ = cosine * sx, xy_ = (cosine * shear - sine) * sy;
  yx_ = sine * sx, yy_ = (sine * shear + cosine) * sy;
  const float middle = 0.5f * static_cast<float>(side);
  x0_ = middle + spread.move * Bell(random);
  y0_ = middle + spread.move * Bell(random);
}

}  // namespace dl
