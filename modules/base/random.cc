#include "modules/base/random.h"

#include <cmath>
#include <numbers>
#include <numeric>

#include "modules/base/check.h"

namespace dl {
namespace {

std::array<uint32_t, 4> Words(uint64_t low, uint64_t high) {
  return {static_cast<uint32_t>(low), static_cast<uint32_t>(low >> 32), static_cast<uint32_t>(high),
          static_cast<uint32_t>(high >> 32)};
}

}  // namespace

std::array<uint32_t, 4> Philox(std::array<uint32_t, 4> c, std::array<uint32_t, 2> k) {
  for (int round = 0; round < 10; ++round) {
    const uint64_t a = uint64_t{0xD2511F53} * c[0];
    const uint64_t b = uint64_t{0xCD9E8D57} * c[2];
    c = {static_cast<uint32_t>(b >> 32) ^ c[1] ^ k[0], static_cast<uint32_t>(b),
         static_cast<uint32_t>(a >> 32) ^ c[3] ^ k[1], static_cast<uint32_t>(a)};
    k[0] += 0x9E3779B9;
    k[1] += 0xBB67AE85;
  }
  return c;
}

Random::Random(uint64_t seed, uint64_t stream)
    : key_{static_cast<uint32_t>(seed), static_cast<uint32_t>(seed >> 32)}, stream_(stream) {}

Random::State Random::state() const {
  return {(uint64_t{key_[1]} << 32) | key_[0], stream_, 4 * position_ - static_cast<uint64_t>(4 - used_)};
}

Random::Random(const State& state) : Random(state.seed, state.stream) {
  position_ = state.given / 4;
  for (uint64_t i = 0; i < state.given % 4; ++i) Bits();
}

Random Random::Split(uint64_t name) const {
  // The child's key is drawn with an inverted key, from a sequence that no generator gives out.
  const auto bits = Philox(Words(name, stream_), {~key_[0], ~key_[1]});
  return Random((uint64_t{bits[1]} << 32) | bits[0], (uint64_t{bits[3]} << 32) | bits[2]);
}

uint32_t Random::Bits() {
  if (used_ == 4) {
    block_ = Philox(Words(position_++, stream_), key_);
    used_ = 0;
  }
  return block_[used_++];
}

float Random::Uniform() { return static_cast<float>(Bits() >> 8) * 0x1p-24f; }

float Random::Uniform(float low, float high) { return low + (high - low) * Uniform(); }

float Random::Normal() {
  const float radius = std::sqrt(-2.0f * std::log(1.0f - Uniform()));
  return radius * std::cos(2.0f * std::numbers::pi_v<float> * Uniform());
}

int64_t Random::Below(int64_t limit) {
  DL_CHECK(limit >= 1 && limit <= (int64_t{1} << 32)) << "Random::Below: limit is " << limit;
  // Lemire's multiplication: the few low products that would favour some results are drawn again.
  const uint64_t rejected = (uint64_t{1} << 32) % static_cast<uint64_t>(limit);
  uint64_t product;
  do {
    product = uint64_t{Bits()} * static_cast<uint64_t>(limit);
  } while ((product & 0xFFFFFFFF) < rejected);
  return static_cast<int64_t>(product >> 32);
}

std::vector<int64_t> Random::Permutation(int64_t n) {
  std::vector<int64_t> order(n);
  std::iota(order.begin(), order.end(), 0);
  for (int64_t i = n - 1; i > 0; --i) std::swap(order[i], order[Below(i + 1)]);
  return order;
}

}  // namespace dl
