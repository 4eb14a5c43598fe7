// Points in the plane, labelled by the curve or cloud that they come from: the smallest data that a straight line
// cannot separate. Each generator spreads `count` examples [2] = (x, y) evenly over the classes, in random order.
#ifndef DATASETS_POINTS_H_
#define DATASETS_POINTS_H_

#include <array>
#include <cstdint>
#include <vector>

#include "datasets/dataset.h"
#include "modules/base/random.h"

namespace dl {

struct MoonsOptions {
  int64_t count = 1000;
  float noise = 0.1f;  // standard deviation of what is added to each coordinate
};

// scikit-learn's make_moons: evenly spaced, the half circle (cos t, sin t) and the half circle (1 - cos t, 1/2 - sin t)
// that reaches into it, 0 <= t <= π.
Dataset MakeMoons(const MoonsOptions& options, Random random);

struct CirclesOptions {
  int64_t count = 1000;
  float noise = 0.1f;   // standard deviation of what is added to each coordinate
  float factor = 0.5f;  // the radius of the inner circle, of the outer one's; in [0, 1)
};

// scikit-learn's make_circles: evenly spaced, the circle of radius 1 and the circle of radius `factor`.
Dataset MakeCircles(const CirclesOptions& options, Random random);

struct SpiralsOptions {
  int64_t count = 1000;
  float noise = 0.2f;  // standard deviation of what is added to the angle, in radians
  int64_t arms = 3;    // classes
};

// The spirals of Stanford's CS231n ("Putting it together: minimal neural network case study"): arm j is (r sin t,
// r cos t), r from 0 to 1 while t goes from 4 j to 4 (j + 1).
Dataset MakeSpirals(const SpiralsOptions& options, Random random);

struct BlobsOptions {
  int64_t count = 1000;
  float spread = 1.0f;                                                      // standard deviation of each coordinate
  std::vector<std::array<float, 2>> centres = {{-4, -3}, {4, -3}, {0, 4}};  // one a class
};

// scikit-learn's make_blobs: normally distributed clouds, here about centres that are given.
Dataset MakeBlobs(const BlobsOptions& options, Random random);

}  // namespace dl

#endif  // DATASETS_POINTS_H_
