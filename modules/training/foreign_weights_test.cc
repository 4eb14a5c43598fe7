#include "modules/training/foreign_weights.h"

#include "gtest/gtest.h"

namespace dl {
namespace {

// What it is, without the way out.
std::string KindOf(std::string_view bytes) {
  const std::string line = ForeignWeights(bytes, "net.bin");
  EXPECT_EQ(line.find('\n'), std::string::npos);
  if (!line.empty()) {
    EXPECT_NE(line.find("; convert it: python3 -c \"import sys, "), std::string::npos) << line;
    EXPECT_EQ(line.substr(line.rfind('"')), "\" 'net.bin' 'net.safetensors'");
  }
  return line.substr(0, line.find_first_of(",;"));
}

TEST(ForeignWeightsTest, KnowsThemByTheirFirstBytes) {
  using std::string_view_literals::operator""sv;
  for (const std::string_view pickle :
       {"\x80\x02}q"sv, "\x80\x04\x95\x10\0"sv, "\x80\x05K\1."sv, "(dp0\n."sv, "ccollections\nOrderedDict\n."sv,
        "cos\nsystem\n(S'id'\ntR."sv, "\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9"sv}) {
    EXPECT_EQ(KindOf(pickle), "a pickle") << pickle;
  }
  EXPECT_EQ(KindOf("PK\x03\x04\x14\0"sv), "a zip archive");
  EXPECT_EQ(KindOf("PK\x03\x04\x14\0\0\0 metadata.json{} model.weights.h5 PK\1\2"sv), "a .keras archive");
  EXPECT_EQ(KindOf("\x89HDF\r\n\x1a\n\0"sv), "HDF5");
  EXPECT_EQ(KindOf("\x08\x07\x12\x07pytorch"sv), "an ONNX model");
  EXPECT_EQ(KindOf("\x08\x08:\x10"sv), "an ONNX model");
}

// Each with what opens it: a pickle's recipe is of no use for HDF5.
TEST(ForeignWeightsTest, EachHasItsOwnRecipe) {
  using std::string_view_literals::operator""sv;
  const auto loads = [](std::string_view bytes, const std::string& call) {
    return ForeignWeights(bytes, "net.bin").find(call) != std::string::npos;
  };
  EXPECT_TRUE(loads("\x80\x02}q."sv, "torch.load("));
  EXPECT_TRUE(loads("PK\x03\x04 net/data.pkl"sv, "torch.load("));
  EXPECT_TRUE(loads("PK\x03\x04 model.weights.h5"sv, "keras.models.load_model("));
  EXPECT_TRUE(loads("\x89HDF\r\n\x1a\n"sv, "keras.models.load_model("));
  EXPECT_TRUE(loads("\x08\x07\x12\x07pytorch"sv, "onnx.load("));
  EXPECT_EQ(ForeignWeights("version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "net.bin"),
            "a pointer that Git LFS left in the place of the file; get the file: git lfs pull");
}

TEST(ForeignWeightsTest, NamesAreFitForAShell) {
  const auto words = [](const std::string& name) {
    const std::string line = ForeignWeights("\x80\x02}q.", name);
    return line.substr(line.rfind('"') + 2);
  };
  EXPECT_EQ(words("it's.pth"), R"('it'\''s.pth' 'it'\''s.safetensors')");
  EXPECT_EQ(words("a $(b).pth"), "'a $(b).pth' 'a $(b).safetensors'");
  EXPECT_EQ(words("../v1.0/net"), "'../v1.0/net' '../v1.0/net.safetensors'");
  EXPECT_EQ(words("net.safetensors"), "'net.safetensors' 'net.converted.safetensors'");
}

// The length of its header begins like a pickle, or like ONNX.
TEST(ForeignWeightsTest, ADamagedSafetensorsFileIsNoOtherKind) {
  using std::string_view_literals::operator""sv;
  EXPECT_EQ(ForeignWeights("\x80\x02\0\0\0\0\0\0{\"a\":"sv, "net.bin"), "");
  EXPECT_EQ(ForeignWeights("\x08\x07\x12\0\0\0\0\0{\"a\":"sv, "net.bin"), "");
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
