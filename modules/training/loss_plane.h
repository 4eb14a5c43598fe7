// A plane through the space of weights, so that a loss of thousands of variables can be drawn, and a training's path on
// it.
//
//   const WeightPlane plane = RandomPlane(parameters, random);
//   LossOnPlane(plane, parameters, {-1, 0, 1}, {-1, 0, 1}, [&] { return Evaluate(model, data, normalization).loss; });
#ifndef MODULES_TRAINING_LOSS_PLANE_H_
#define MODULES_TRAINING_LOSS_PLANE_H_

#include <array>
#include <functional>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "modules/backprop/variable.h"
#include "modules/base/random.h"

namespace dl {

// A point or a direction in the space of weights: the elements of all parameters (f32), in their order, row-major.
using WeightVector = std::vector<float>;

// Where the parameters stand, and the way to put them elsewhere.
WeightVector WeightsOf(absl::Span<const Variable> parameters);
void SetWeights(absl::Span<const Variable> parameters, const WeightVector& weights);

// A random direction, filter by filter as long as the weights are (Li et al. 2018): each row of a matrix [K, D] and
// each filter of a [K, C, R, S] is normally distributed and then scaled to the Euclidean norm of the parameters' own.
// Biases, of one dimension, stay where they are. A step along it is relative to the weights, so that the surfaces of
// two networks can be compared even where one has larger weights.
WeightVector FilterNormalizedDirection(absl::Span<const Variable> parameters, Random& random);

// The points origin + a·axes[0] + b·axes[1].
struct WeightPlane {
  WeightVector origin;
  std::array<WeightVector, 2> axes;

  WeightVector At(double a, double b) const;
};

// Through the parameters' present place, along two filter-normalised directions.
WeightPlane RandomPlane(absl::Span<const Variable> parameters, Random& random);

// The plane that the points of some paths keep nearest to: through their mean, along their first two principal
// components, which have length 1 and point to the side of the first of the points.
struct PrincipalPlane {
  WeightPlane plane;
  std::array<double, 2> shares;  // of the points' variance, that each axis accounts for
};
// Of points of one size. InvalidArgument where they lie on one line, and so span no plane.
absl::StatusOr<PrincipalPlane> PrincipalPlaneOf(absl::Span<const WeightVector> points);

// Of the point's nearest neighbour on a plane whose axes are orthonormal: its coordinates, and how far it is away.
struct Shadow {
  double a, b, distance;
};
Shadow Project(const WeightPlane& plane, const WeightVector& point);

// loss() with the parameters at each (a, b), a from `as` running faster. Leaves the parameters as they were. Cancelled
// after Ctrl-C.
absl::StatusOr<std::vector<double>> LossOnPlane(const WeightPlane& plane, absl::Span<const Variable> parameters,
                                                absl::Span<const double> as, absl::Span<const double> bs,
                                                const std::function<double()>& loss);

// Along `count` filter-normalised directions from where the parameters are, and along their opposites: the mean of
// loss() at each of the distances, where 1 is as far as the weights are from 0. Otherwise as LossOnPlane.
absl::StatusOr<std::vector<double>> LossAtDistances(absl::Span<const Variable> parameters,
                                                    absl::Span<const double> distances, int64_t count, Random& random,
                                                    const std::function<double()>& loss);

}  // namespace dl

#endif  // MODULES_TRAINING_LOSS_PLANE_H_
