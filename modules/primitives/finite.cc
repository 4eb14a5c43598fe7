#include "modules/primitives/finite.h"

#include <atomic>
#include <cstdint>

#include "modules/primitives/internal/multiversion.h"
#include "modules/primitives/internal/parallel.h"

namespace dl {
namespace {

// NaN and infinity are the numbers whose exponent bits are all set.
DL_MULTIVERSION bool AnyExponentFull(int64_t n, const uint16_t* x) {
  uint16_t found = 0;
  for (int64_t i = 0; i < n; ++i) found |= static_cast<uint16_t>((x[i] & 0x7F80) == 0x7F80);
  return found != 0;
}

DL_MULTIVERSION bool AnyExponentFull(int64_t n, const uint32_t* x) {
  uint32_t found = 0;
  for (int64_t i = 0; i < n; ++i) found |= static_cast<uint32_t>((x[i] & 0x7F800000) == 0x7F800000);
  return found != 0;
}

DL_MULTIVERSION bool AnyExponentFull(int64_t n, const uint64_t* x) {
  constexpr uint64_t exponent = uint64_t{0x7FF} << 52;
  uint64_t found = 0;
  for (int64_t i = 0; i < n; ++i) found |= static_cast<uint64_t>((x[i] & exponent) == exponent);
  return found != 0;
}

// What pads a blocked layout is 0, and finite.
template <typename Bits>
bool AllFiniteAs(const Tensor& x) {
  const Bits* bits = static_cast<const Bits*>(x.raw());
  std::atomic<bool> finite = true;
  ParallelFor(static_cast<int64_t>(x.bytes() / sizeof(Bits)), 1, [&](int64_t begin, int64_t end) {
    if (AnyExponentFull(end - begin, bits + begin)) finite = false;
  });
  return finite;
}

}  // namespace

bool AllFinite(const Tensor& x) {
  if (x.dtype() == DType::kF64) return AllFiniteAs<uint64_t>(x);
  return x.dtype() == DType::kF32 ? AllFiniteAs<uint32_t>(x) : AllFiniteAs<uint16_t>(x);
}

}  // namespace dl
