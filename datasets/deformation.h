// What keeps two drawings of one thing from being alike: elastic bending and a random pose.
//
// Drawings are made in a box 100 units wide and 100 high, y growing downwards, and land in an image of pixels. Nothing
// but IEEE arithmetic goes into it, so that one generator gives the same places everywhere.
#ifndef DATASETS_DEFORMATION_H_
#define DATASETS_DEFORMATION_H_

#include <array>
#include <cstdint>

#include "modules/base/random.h"

namespace dl {

// A place on a drawing, in units of its box or in pixels of its image.
struct Place {
  float x, y;
};

// A smooth displacement of the box: random at the nodes of a 4 by 4 grid, blended between them, constant outside.
class ElasticField {
 public:
  // `spread`: standard deviation of each node along x and y, in units.
  ElasticField(float spread, Random* random);

  // How far the place p of the box is displaced, in units.
  Place At(Place p) const;

  Place operator()(Place p) const {
    const Place displacement = At(p);
    return {p.x + displacement.x, p.y + displacement.y};
  }

 private:
  static constexpr int kNodes = 4;
  std::array<Place, kNodes * kNodes> nodes_;
};

// Standard deviations of a pose around upright, of its own size, in the middle.
struct PoseSpread {
  float turn;     // of the angle, in radians
  float shear;    // of the tangent of the slant
  float stretch;  // of the scale, and again of the width alone
  float move;     // in pixels
};

// From the box to pixels: stretched, sheared, turned, and moved about the middle of the image.
class Pose {
 public:
  // Of an image of `side` by `side` pixels, in which the undeformed box is 100 `pixels_per_unit` wide.
  Pose(const PoseSpread& spread, float pixels_per_unit, int64_t side, Random* random);

  Place operator()(Place p) const {
    const float x = p.x - 50.0f, y = p.y - 50.0f;
    return {x0_ + xx_ * x + xy_ * y, y0_ + yx_ * x + yy_ * y};
  }

 private:
  float xx_, xy_, yx_, yy_, x0_, y0_;
};

}  // namespace dl

#endif  // DATASETS_DEFORMATION_H_
