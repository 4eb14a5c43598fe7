#include "modules/cnn/hand_made_kernels.h"

#include <cmath>

#include "modules/base/check.h"
#include "modules/primitives/convolution.h"
#include "modules/primitives/reorder.h"

namespace dl {
namespace {

const HandMadeKernel& Named(const std::string& name) {
  for (const HandMadeKernel& kernel : HandMadeKernels()) {
    if (kernel.name == name) return kernel;
  }
  DL_CHECK(false) << "there is no kernel " << name;
  return HandMadeKernels().front();
}

}  // namespace

// [kernels]
const std::vector<HandMadeKernel>& HandMadeKernels() {
  static const auto* kernels = new std::vector<HandMadeKernel>{
      {"blur", {1 / 16.f, 2 / 16.f, 1 / 16.f, 2 / 16.f, 4 / 16.f, 2 / 16.f, 1 / 16.f, 2 / 16.f, 1 / 16.f}},
      {"sharpen", {0, -1, 0, -1, 5, -1, 0, -1, 0}},
      {"emboss", {-2, -1, 0, -1, 1, 1, 0, 1, 2}},
      {"sobel_x", {-1, 0, 1, -2, 0, 2, -1, 0, 1}},
      {"sobel_y", {-1, -2, -1, 0, 0, 0, 1, 2, 1}},
      {"laplacian", {0, 1, 0, 1, -4, 1, 0, 1, 0}},
  };
  return *kernels;
}
// [/kernels]

Tensor ApplyKernel(const HandMadeKernel& kernel, const Tensor& pictures) {
  const Shape& shape = pictures.shape();
  DL_CHECK(shape.size() == 4) << "ApplyKernel: pictures are " << ToString(shape) << ", they must be [N, C, H, W]";
  const Tensor planes = pictures.Reshape({shape[0] * shape[1], 1, shape[2], shape[3]});
  const Tensor w = Tensor::Of({1, 1, 3, 3}, kernel.weights);
  return ToPlain(Convolution(planes, w, Tensor(), {.padding = 1})).Reshape(shape);
}

Tensor EdgeStrength(const Tensor& pictures) {
  const Tensor x = ApplyKernel(Named("sobel_x"), pictures), y = ApplyKernel(Named("sobel_y"), pictures);
  Tensor strength(pictures.shape());
  for (int64_t i = 0; i < strength.size(); ++i) strength.mutable_data()[i] = std::hypot(x.data()[i], y.data()[i]);
  return strength;
}

}  // namespace dl
