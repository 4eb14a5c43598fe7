// Chance: one counter-based generator for the whole project.
//
// Philox4x32-10 (Salmon, Moraes, Dror, Shaw: "Parallel random numbers: as easy as 1, 2, 3", SC 2011) maps a 64-bit
// key and a 128-bit counter to 128 random bits. A generator is therefore a small value: copying it copies its whole
// future, `Split` derives an independent one by name, and the n-th number can be had without the n - 1 before it.
#ifndef MODULES_BASE_RANDOM_H_
#define MODULES_BASE_RANDOM_H_

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

namespace dl {

// Ten rounds of Philox4x32: a bijection on the counter for each key.
std::array<uint32_t, 4> Philox(std::array<uint32_t, 4> counter, std::array<uint32_t, 2> key);

class Random {
 public:
  // Two generators of one seed and stream give the same numbers; two streams of one seed are independent.
  explicit Random(uint64_t seed, uint64_t stream = 0);

  // Where a generator stands: it gives the same numbers from here on as any other in this state.
  struct State {
    uint64_t seed, stream;
    uint64_t given;  // how many words of 32 bits have been given out
    bool operator==(const State&) const = default;
  };
  State state() const;
  explicit Random(const State& state);

  // An independent generator, a function of this one's seed and stream and of `name` only.
  Random Split(uint64_t name) const;

  uint32_t Bits();                         // 32 random bits
  float Uniform();                         // in [0, 1), a multiple of 2^-24
  float Uniform(float low, float high);    // in [low, high)
  float Normal();                          // mean 0, standard deviation 1 (Box-Muller)
  int64_t Below(int64_t limit);            // in {0, ..., limit - 1}, without bias; limit in [1, 2^32]

  // 0, ..., n - 1 in random order (Fisher-Yates).
  std::vector<int64_t> Permutation(int64_t n);

 private:
  std::array<uint32_t, 2> key_;
  uint64_t stream_;
  uint64_t position_ = 0;                  // the next counter
  std::array<uint32_t, 4> block_{};        // the bits of counter position_ - 1
  int used_ = 4;                           // words of block_ already given out
};

}  // namespace dl

#endif  // MODULES_BASE_RANDOM_H_
