#include "datasets/sha256.h"

#include "gtest/gtest.h"

namespace dl {
namespace {

std::string HashOf(const std::string& message) {
  Sha256 hash;
  hash.Update(message.data(), message.size());
  return hash.HexDigest();
}

// The messages and digests that NIST publishes as examples of FIPS 180-4.
TEST(Sha256Test, MatchesThePublishedVectors) {
  EXPECT_EQ(HashOf(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(HashOf("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(HashOf("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(HashOf(std::string(1000000, 'a')), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256Test, DoesNotDependOnHowTheMessageIsCut) {
  const std::string message(1000, 'x');
  for (size_t step : {1, 3, 63, 64, 65, 200}) {
    Sha256 hash;
    for (size_t i = 0; i < message.size(); i += step) hash.Update(&message[i], std::min(step, message.size() - i));
    EXPECT_EQ(hash.HexDigest(), HashOf(message)) << step;
  }
}

TEST(Sha256Test, TheMessageGoesOnAfterADigest) {
  Sha256 hash;
  hash.Update("a", 1);
  hash.HexDigest();
  hash.Update("bc", 2);
  EXPECT_EQ(hash.HexDigest(), HashOf("abc"));
}

}  // namespace
}  // namespace dl
