// SHA-256 (NIST FIPS 180-4): the fingerprint of some bytes.
#ifndef DATASETS_SHA256_H_
#define DATASETS_SHA256_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

namespace dl {

class Sha256 {
 public:
  // Appends `size` bytes to the message.
  void Update(const void* data, size_t size);

  // The hash of the message so far as 64 lower-case hexadecimal digits.
  std::string HexDigest() const;

 private:
  static constexpr size_t kBlock = 64;  // bytes

  void Compress(const uint8_t* block);

  std::array<uint32_t, 8> state_ = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                    0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  std::array<uint8_t, kBlock> pending_{};  // the message's last, unfinished block
  uint64_t size_ = 0;                      // bytes of the message
};

}  // namespace dl

#endif  // DATASETS_SHA256_H_
