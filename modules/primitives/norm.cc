#include "modules/primitives/norm.h"

#include <algorithm>
#include <numeric>
#include <vector>

#include "modules/base/check.h"
#include "modules/primitives/internal/multiversion.h"
#include "modules/primitives/internal/parallel.h"
#include "modules/primitives/internal/rows.h"

namespace dl {
namespace {

constexpr int64_t kChunk = 16384;  // a tensor is summed in chunks of this size, whatever the number of threads

DL_MULTIVERSION void SquaresOf(int64_t n, const float* x, double* sum) {
  *sum = SumOf(n, [x](int64_t i) { return static_cast<double>(x[i]) * static_cast<double>(x[i]); });
}

}  // namespace

double SumOfSquares(const Tensor& x) {
  if (x.dtype() == DType::kF64) return std::inner_product(x.data_f64(), x.data_f64() + x.size(), x.data_f64(), 0.0);
  DL_CHECK(x.dtype() == DType::kF32) << "SumOfSquares: x is " << ToString(x.dtype())
                                     << ", it must be f32 or f64; Cast(x, DType::kF32) makes it so";
  // What pads a blocked layout is 0.
  const int64_t n = static_cast<int64_t>(x.bytes() / sizeof(float)), chunks = (n + kChunk - 1) / kChunk;
  const auto* elements = static_cast<const float*>(x.raw());
  std::vector<double> sums(chunks);
  ParallelFor(chunks, kChunk, [&](int64_t begin, int64_t end) {
    for (int64_t c = begin; c < end; ++c) {
      SquaresOf(std::min(kChunk, n - c * kChunk), elements + c * kChunk, &sums[c]);
    }
  });
  return std::accumulate(sums.begin(), sums.end(), 0.0);
}

}  // namespace dl
