#include "modules/training/foreign_weights.h"

#include "gtest/gtest.h"

namespace dl {
namespace {

// What it is, without the way out.
std::string KindOf(std::string_view bytes) {
  const std::string line = ForeignWeights(bytes, "net.bin");
  EXPECT_EQ(line.find('\n'), std::string::npos);
  if (!line.empty()) {
    EXPECT_NE(line.find("; convert it: python3 -c \"import "), std::string::npos) << line;
    EXPECT_NE(line.find("('net.bin'"), std::string::npos) << line;
    EXPECT_NE(line.find("'net.safetensors')\""), std::string::npos) << line;
  }
  return line.substr(0, line.find_first_of(",;"));
}

TEST(ForeignWeightsTest, KnowsThemByTheirFirstBytes) {
  using std::string_view_literals::operator""sv;
  for (const std::string_view pickle : {"\x80\x02}q"sv, "\x80\x04\x95\x10\0"sv, "\x80\x05K\1."sv, "(dp0\n."sv,
                                        "ccollections\nOrderedDict\n."sv, "\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9"sv}) {
    EXPECT_EQ(KindOf(pickle), "a pickle") << pickle;
  }
  EXPECT_EQ(KindOf("PK\x03\x04\x14\0"sv), "a zip archive");
  EXPECT_EQ(KindOf("\x89HDF\r\n\x1a\n\0"sv), "HDF5");
  EXPECT_EQ(KindOf("\x08\x07\x12\x07pytorch"sv), "an ONNX model");
  EXPECT_EQ(KindOf("\x08\x08:\x10"sv), "an ONNX model");
}

TEST(ForeignWeightsTest, IsSilentAboutAllElse) {
  using std::string_view_literals::operator""sv;
  for (const std::string_view other : {""sv, "\x80"sv, "\x80\x09"sv, "PK"sv, "\x89PNG\r\n"sv, "(dp"sv, "\x08\x07"sv,
                                       "\x08\0\0\0\0\0\0\0{}      "sv, "GIF89a"sv, "import torch."sv}) {
    EXPECT_EQ(ForeignWeights(other, "net.bin"), "") << other;
  }
}

}  // namespace
}  // namespace dl
