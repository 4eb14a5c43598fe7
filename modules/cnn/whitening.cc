#include "modules/cnn/whitening.h"

#include <cmath>

#include "modules/base/check.h"
#include "modules/cnn/ops.h"
#include "modules/primitives/reorder.h"
#include "modules/primitives/symmetric_eigen.h"

namespace dl {
namespace {

// The patch whose first corner is (i, j), as the row-major [C, kernel, kernel].
void ReadPatch(const Tensor& images, int64_t n, int64_t i, int64_t j, int64_t kernel, std::vector<double>& patch) {
  const int64_t channels = images.dim(1), height = images.dim(2), width = images.dim(3);
  auto next = patch.begin();
  for (int64_t c = 0; c < channels; ++c) {
    for (int64_t r = 0; r < kernel; ++r) {
      const float* row = images.data() + ((n * channels + c) * height + i + r) * width + j;
      next = std::copy(row, row + kernel, next);
    }
  }
}

// PᵀP / n, [D, D].
Tensor PatchCovariance(const Tensor& images, int64_t kernel) {
  const int64_t d = images.dim(1) * kernel * kernel;
  std::vector<double> patch(d);
  Tensor covariance = Tensor::Zeros({d, d}, DType::kF64);
  double* sums = covariance.mutable_data_f64();
  int64_t patches = 0;
  for (int64_t n = 0; n < images.dim(0); ++n) {
    for (int64_t i = 0; i + kernel <= images.dim(2); ++i) {
      for (int64_t j = 0; j + kernel <= images.dim(3); ++j, ++patches) {
        ReadPatch(images, n, i, j, kernel, patch);
        for (int64_t a = 0; a < d; ++a) {
          for (int64_t b = 0; b < d; ++b) sums[a * d + b] += patch[a] * patch[b];
        }
      }
    }
  }
  for (int64_t k = 0; k < d * d; ++k) sums[k] /= static_cast<double>(patches);
  return covariance;
}

Tensor UniformBias(int64_t count, double bound, Random& random) {
  Tensor bias({count});
  float* values = bias.mutable_data();
  const auto limit = static_cast<float>(bound);
  for (int64_t i = 0; i < count; ++i) values[i] = random.Uniform(-limit, limit);
  return bias;
}

}  // namespace

Tensor WhiteningFilters(const Tensor& images, int64_t kernel, double epsilon) {
  DL_CHECK(images.rank() == 4 && images.dim(0) >= 1 && kernel >= 1 && kernel <= images.dim(2) &&
           kernel <= images.dim(3))
      << "WhiteningFilters: images are " << ToString(images.shape()) << ", the kernel is " << kernel
      << "; they must be [N, C, H, W] and not smaller than it";
  const SymmetricEigen eigen = SymmetricEigenOf(PatchCovariance(ToPlain(images), kernel));
  const int64_t d = eigen.values.size();
  Tensor filters({2 * d, images.dim(1), kernel, kernel});
  float *positive = filters.mutable_data(), *negative = positive + d * d;
  for (int64_t k = 0; k < d; ++k) {
    const double scale = 1 / std::sqrt(eigen.values.data_f64()[k] + epsilon);
    for (int64_t i = 0; i < d; ++i) {
      positive[k * d + i] = static_cast<float>(scale * eigen.vectors.data_f64()[k * d + i]);
      negative[k * d + i] = -positive[k * d + i];
    }
  }
  return filters;
}

Whitening2d::Whitening2d(const Tensor& images, int64_t kernel, Random& random)
    : weight_(WhiteningFilters(images, kernel)),
      bias_(UniformBias(weight_.value().dim(0), 1 / std::sqrt(static_cast<double>(weight_.value().dim(0)) / 2),
                        random)) {}

Variable Whitening2d::Forward(const Variable& x, const Pass&) {
  const DType dtype = x.value().dtype();
  return Convolution(x, dtype == DType::kF64 ? Cast(weight_.value(), dtype) : weight_.value(), bias_);
}

}  // namespace dl
