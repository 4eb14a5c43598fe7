#include "modules/primitives/residual_sum.h"

#include <bit>
#include <cstdint>

#include "modules/base/check.h"
#include "modules/primitives/binary.h"
#include "modules/primitives/elementwise.h"
#include "modules/primitives/internal/multiversion.h"
#include "modules/primitives/internal/parallel.h"
#include "modules/primitives/reorder.h"

namespace dl {
namespace {

// Lets NaN through, unlike x > 0 ? x : 0.
DL_INLINE float Rectified(float x) { return x < 0 ? 0.0f : x; }

DL_INLINE float FromBf16(uint16_t bits) { return std::bit_cast<float>(static_cast<uint32_t>(bits) << 16); }

// To the nearest, of two equally near ones to the even; the numbers rounded here are no NaN with a full mantissa, which
// alone this would wrap.
DL_INLINE uint16_t ToBf16(float x) {
  const uint32_t bits = std::bit_cast<uint32_t>(x);
  return static_cast<uint16_t>((bits + 0x7fff + ((bits >> 16) & 1)) >> 16);
}

DL_MULTIVERSION void AddReLURow(int64_t n, const float* a, const float* b, float* __restrict y) {
  for (int64_t i = 0; i < n; ++i) y[i] = Rectified(a[i] + b[i]);
}

DL_MULTIVERSION void AddReLURow(int64_t n, const uint16_t* a, const uint16_t* b, uint16_t* __restrict y) {
  for (int64_t i = 0; i < n; ++i) y[i] = ToBf16(Rectified(FromBf16(a[i]) + FromBf16(b[i])));
}

template <typename T>
void AddReLUInto(const Tensor& a, const Tensor& b, Tensor& y) {
  const auto *left = static_cast<const T*>(a.raw()), *right = static_cast<const T*>(b.raw());
  auto* out = static_cast<T*>(y.mutable_raw());
  ParallelFor(static_cast<int64_t>(y.bytes() / sizeof(T)), 1,
              [&](int64_t begin, int64_t end) { AddReLURow(end - begin, left + begin, right + begin, out + begin); });
}

}  // namespace

Tensor AddReLU(const Tensor& a, const Tensor& b) {
  DL_CHECK(a.shape() == b.shape() && a.dtype() == b.dtype())
      << "AddReLU: a is " << ToString(a.dtype()) << " " << ToString(a.shape()) << ", b is " << ToString(b.dtype())
      << " " << ToString(b.shape()) << "; they must be equal";
  if (a.dtype() == DType::kF64) return Apply(Elementwise::kReLU, Add(a, b));
  const Tensor in_order = InLayoutOf(b, a);
  Tensor y = Tensor::UninitializedLike(a);
  a.dtype() == DType::kF32 ? AddReLUInto<float>(a, in_order, y) : AddReLUInto<uint16_t>(a, in_order, y);
  return y;
}

}  // namespace dl
