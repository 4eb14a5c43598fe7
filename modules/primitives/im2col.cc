#include "modules/primitives/im2col.h"

#include <algorithm>

#include "cblas.h"
#include "modules/base/check.h"

namespace dl {
namespace {

// The places j of 0, ..., count - 1 for which j · stride + offset lies in 0, ..., extent - 1.
struct Range {
  int64_t begin, end;
};
Range Inside(int64_t count, int64_t stride, int64_t offset, int64_t extent) {
  const int64_t first = offset >= 0 ? 0 : (-offset + stride - 1) / stride;
  const int64_t last = offset >= extent ? -1 : (extent - 1 - offset) / stride;
  return {std::min(first, count), std::clamp<int64_t>(last + 1, std::min(first, count), count)};
}

}  // namespace

Tensor Im2Col(const Tensor& x, int64_t n, const Shape& window, const ConvolutionOptions& options) {
  const Shape y = ConvolutionShape(x.shape(), window, options);
  DL_CHECK(options.groups == 1) << "Im2Col: there are " << options.groups << " groups; it takes one";
  DL_CHECK(n >= 0 && n < x.dim(0)) << "Im2Col: image " << n << " of " << ToString(x.shape());
  const int64_t height = x.dim(2), width = x.dim(3), out_height = y[2], out_width = y[3];
  Tensor columns({window[1] * window[2] * window[3], out_height * out_width});
  float* row = columns.mutable_data();
  for (int64_t c = 0; c < window[1]; ++c) {
    const float* plane = x.data() + (n * x.dim(1) + c) * height * width;
    for (int64_t r = 0; r < window[2]; ++r) {
      for (int64_t s = 0; s < window[3]; ++s) {
        const int64_t left = s * options.dilation - options.padding;
        const Range inside = Inside(out_width, options.stride, left, width);
        for (int64_t i = 0; i < out_height; ++i, row += out_width) {
          std::fill(row, row + out_width, 0.0f);
          const int64_t h = i * options.stride + r * options.dilation - options.padding;
          if (h < 0 || h >= height) continue;
          for (int64_t j = inside.begin; j < inside.end; ++j) row[j] = plane[h * width + j * options.stride + left];
        }
      }
    }
  }
  return columns;
}

// [im2col]
Tensor ConvolutionByIm2Col(const Tensor& x, const Tensor& w, const ConvolutionOptions& options) {
  Tensor y(ConvolutionShape(x.shape(), w.shape(), options));
  const int64_t outputs = w.dim(0), terms = w.size() / outputs, places = y.dim(2) * y.dim(3);
  float* image = y.mutable_data();
  for (int64_t n = 0; n < x.dim(0); ++n, image += outputs * places) {
    const Tensor columns = Im2Col(x, n, w.shape(), options);
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, outputs, places, terms, 1.0f, w.data(), terms,
                columns.data(), places, 0.0f, image, places);
  }
  return y;
}
// [/im2col]

}  // namespace dl
