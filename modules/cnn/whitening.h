// Whitening: a first convolution that is computed from the images rather than learned from them.
//
// Neighbouring pixels are correlated, so that a few directions of patch space hold nearly all the variance, and descent
// is slow along the others. Filters along the eigenvectors of the patches' covariance, each divided by the root of its
// eigenvalue, turn a patch into uncorrelated numbers of equal size (as ZCA does for whole images, Krizhevsky 2009).
#ifndef MODULES_CNN_WHITENING_H_
#define MODULES_CNN_WHITENING_H_

#include <cstdint>
#include <vector>

#include "modules/backprop/layer.h"
#include "modules/cnn/window.h"

namespace dl {

inline constexpr double kWhiteningEpsilon = 5e-4;  // added to the eigenvalues, so that no noise is blown up

// The filters [2 D, C, kernel, kernel], D = C kernel²: v / sqrt(λ + epsilon) for each eigenvector v, the largest
// eigenvalue λ first, and then the negatives of all, since what follows may let one sign only through. Eigenvectors are
// those of C = PᵀP / n, P the n patches [n, D] of all places of all images, not centred. images: f32 [N, C, H, W], H
// and W at least `kernel`.
Tensor WhiteningFilters(const Tensor& images, int64_t kernel, double epsilon = kWhiteningEpsilon);

// A convolution by these filters, without padding: x [N, C, H, W] → [N, 2 D, H - kernel + 1, W - kernel + 1]. Buffer:
// weight, the filters, which training leaves alone; parameter: bias [2 D], from uniform ±1 / sqrt(D).
class Whitening2d : public Layer, public Windowed {
 public:
  Whitening2d(const Tensor& images, int64_t kernel, Random& random);

  Variable Forward(const Variable& x, const Pass& pass) override;
  std::vector<Parameter> Parameters() const override { return {{"bias", bias_}}; }
  std::vector<Parameter> Buffers() const override { return {{"weight", weight_}}; }
  Window WindowOn(const Shape&) const override { return {.kernel = weight_.shape()[2]}; }

 private:
  Variable weight_, bias_;
};

}  // namespace dl

#endif  // MODULES_CNN_WHITENING_H_
