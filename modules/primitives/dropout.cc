#include "modules/primitives/dropout.h"

#include <algorithm>
#include <cstring>

#include "modules/base/check.h"
#include "modules/primitives/internal/f64.h"
#include "modules/primitives/internal/lanes.h"
#include "modules/primitives/internal/multiversion.h"
#include "modules/primitives/internal/parallel.h"
#include "modules/primitives/reference/dropout.h"

namespace dl {
namespace {

using Words = uint32_t __attribute__((vector_size(kLanes * sizeof(uint32_t))));
using LongWords = uint64_t __attribute__((vector_size(kLanes * sizeof(uint32_t))));  // the same register, by pairs
using HalfWords = uint16_t __attribute__((vector_size(kLanes * sizeof(uint16_t))));

constexpr int64_t kBlock = 4 * kLanes;  // elements that take their bits from one vector of counters

// What the loops over elements need to know.
struct Chance {
  uint32_t key[2];
  uint32_t threshold;  // an element with fewer bits than that is dropped
  float scale;         // of the others
};

// The upper halves of the products m · x.
DL_INLINE void HighProducts(uint64_t m, const Words& x, Words& high) {
  LongWords pairs;
  std::memcpy(&pairs, &x, sizeof(x));
  const LongWords even = (pairs & 0xFFFFFFFF) * m, odd = (pairs >> 32) * m;
  pairs = (even >> 32) | (odd & 0xFFFFFFFF00000000);
  std::memcpy(&high, &pairs, sizeof(high));
}

// The ten rounds of Philox (base/random.h) on kLanes counters side by side: the bits of block `block`.
DL_INLINE void BitsOfBlock(const Chance& chance, int64_t block, Words (&bits)[4]) {
  const auto counter = static_cast<uint64_t>(block * kLanes);
  const Words lane = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}, zero = {};
  bits[0] = lane + static_cast<uint32_t>(counter);
  bits[1] = zero + static_cast<uint32_t>(counter >> 32);
  bits[2] = bits[3] = zero;
  uint32_t k0 = chance.key[0], k1 = chance.key[1];
#pragma GCC unroll 10
  for (int round = 0; round < 10; ++round) {
    constexpr uint32_t m0 = 0xD2511F53, m1 = 0xCD9E8D57;
    Words high0, high1;
    HighProducts(m0, bits[0], high0);
    HighProducts(m1, bits[2], high1);
    const Words low0 = bits[0] * m0, low1 = bits[2] * m1;
    bits[0] = high1 ^ bits[1] ^ k0;
    bits[2] = high0 ^ bits[3] ^ k1;
    bits[1] = low1;
    bits[3] = low0;
    k0 += 0x9E3779B9;
    k1 += 0xBB67AE85;
  }
}

// Zero where there are too few bits, else scaled.
DL_INLINE void Keep(const Words& bits, const Chance& chance, const float* from, float* to) {
  Vector x;
  std::memcpy(&x, from, sizeof(x));
  const Vector y = bits < chance.threshold ? Vector{} : chance.scale * x;
  std::memcpy(to, &y, sizeof(y));
}

// A bf16 is the upper half of a float; the product is rounded to nearest, ties to even.
DL_INLINE void Keep(const Words& bits, const Chance& chance, const uint16_t* from, uint16_t* to) {
  HalfWords halves;
  std::memcpy(&halves, from, sizeof(halves));
  const Words words = __builtin_convertvector(halves, Words) << 16;
  Vector x;
  std::memcpy(&x, &words, sizeof(x));
  x = bits < chance.threshold ? Vector{} : chance.scale * x;
  Words y;
  std::memcpy(&y, &x, sizeof(y));
  halves = __builtin_convertvector((y + 0x7FFF + (y >> 16 & 1)) >> 16, HalfWords);
  std::memcpy(to, &halves, sizeof(halves));
}

// Blocks begin, ..., end - 1 of n elements, of which the last block may be cut off.
template <typename T>
DL_INLINE void Blocks(const Chance& chance, int64_t begin, int64_t end, int64_t n, const T* x, T* __restrict y) {
  const Chance local = chance;  // a copy that nothing can alias
  Words bits[4];
  for (int64_t block = begin; block < end; ++block) {
    BitsOfBlock(local, block, bits);
    const int64_t first = block * kBlock, count = std::min(n - first, kBlock);
    T padded[kBlock] = {};
    if (count < kBlock) std::copy_n(x + first, count, padded);
    const T* from = count < kBlock ? padded : x + first;
    T* to = count < kBlock ? padded : y + first;
#pragma GCC unroll 4
    for (int v = 0; v < 4; ++v) Keep(bits[v], local, from + v * kLanes, to + v * kLanes);
    if (count < kBlock) std::copy_n(padded, count, y + first);
  }
}

DL_MULTIVERSION void BlocksF32(const Chance& chance, int64_t begin, int64_t end, int64_t n, const float* x, float* y) {
  Blocks(chance, begin, end, n, x, y);
}

DL_MULTIVERSION void BlocksBF16(const Chance& chance, int64_t begin, int64_t end, int64_t n, const uint16_t* x,
                                uint16_t* y) {
  Blocks(chance, begin, end, n, x, y);
}

// Over the storage, whatever its order: the zeros that pad a blocked layout stay zero.
template <typename T>
Tensor Drop(const Tensor& x, const Chance& chance,
            void (*blocks)(const Chance&, int64_t, int64_t, int64_t, const T*, T*)) {
  Tensor y = Tensor::UninitializedLike(x);
  const T* from = static_cast<const T*>(x.raw());
  T* to = static_cast<T*>(y.mutable_raw());
  const auto n = static_cast<int64_t>(x.bytes() / sizeof(T));
  ParallelFor((n + kBlock - 1) / kBlock, kBlock,
              [&](int64_t begin, int64_t end) { blocks(chance, begin, end, n, from, to); });
  return y;
}

}  // namespace

Tensor DropElements(const Tensor& x, float rate, uint64_t key) {
  DL_CHECK(rate >= 0 && rate < 1) << "DropElements: the rate is " << rate << "; it must be in [0, 1)";
  if (AreF64("DropElements", x)) {
    return reference::ToTensor(reference::DropElements(reference::FromTensor<double>(x), rate, key));
  }
  const Chance chance = {{static_cast<uint32_t>(key), static_cast<uint32_t>(key >> 32)},
                         static_cast<uint32_t>(rate * 0x1p32),
                         1 / (1 - rate)};
  return x.dtype() == DType::kF32 ? Drop<float>(x, chance, BlocksF32) : Drop<uint16_t>(x, chance, BlocksBF16);
}

}  // namespace dl
