#include "modules/training/safetensors.h"

#include <cmath>
#include <cstring>
#include <limits>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "modules/base/file.h"
#include "modules/primitives/convolution.h"
#include "modules/primitives/reorder.h"

namespace dl {
namespace {

using std::string_view_literals::operator""sv;

std::string Path(const std::string& name) { return ::testing::TempDir() + "/" + name; }

// The file with this header, its length before it, and the bytes behind it.
std::string File(const std::string& header, std::string_view data) {
  const uint64_t length = header.size();
  std::string bytes(reinterpret_cast<const char*>(&length), 8);
  return bytes + header + std::string(data);
}

template <typename T>
std::string BytesOf(const std::vector<T>& values) {
  return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T)};
}

std::string BytesOf(const Tensor& tensor) { return {static_cast<const char*>(tensor.raw()), tensor.bytes()}; }

TEST(SafeTensorsTest, WritesTheBytesOfTheFormat) {
  SafeTensors content;
  content.metadata = {{"model", "mlp"}};
  content.tensors["b"] = Tensor::Of({2}, {1, -2});
  content.tensors["n"] = Numbers<int64_t>{{}, {7}};
  ASSERT_TRUE(WriteSafeTensors(Path("hand"), content).ok());
  const std::string header = R"({"__metadata__":{"model":"mlp"},"n":{"dtype":"I64","shape":[],"data_offsets":[0,8]},)"
                             R"("b":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}})";
  ASSERT_EQ(header.size(), 138u);  // spaces fill it up to a multiple of 8
  EXPECT_EQ(*ReadFile(Path("hand")), File(header + "      ", "\7\0\0\0\0\0\0\0\0\0\x80\x3f\0\0\0\xc0"sv));
}

TEST(SafeTensorsTest, EveryTypeComesBackAsItWas) {
  constexpr float inf = std::numeric_limits<float>::infinity();
  SafeTensors content;
  content.metadata = {{"seed", "1"}, {"flags", "--epochs=3 \"a\\b\" é\n"}};
  const Tensor f32 = Tensor::Of({2, 3}, {0, -0.0f, inf, -inf, std::nanf(""), 1e-45f});
  content.tensors["f32"] = f32;
  content.tensors["f64"] = Tensor::Full({2}, 1.0 / 3, DType::kF64);
  content.tensors["bf16"] = Cast(Tensor::Of({3}, {1, 2.5, -3}), DType::kBF16);
  content.tensors["i64"] = Numbers<int64_t>{{2, 1}, {std::numeric_limits<int64_t>::min(), -1}};
  content.tensors["u8"] = Numbers<uint8_t>{{3}, {0, 128, 255}};
  content.tensors["none"] = Tensor({0, 4});
  content.tensors["scalar"] = Tensor::Scalar(5);
  ASSERT_TRUE(WriteSafeTensors(Path("types"), content).ok());
  const auto read = ReadSafeTensors(Path("types"));
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->metadata, content.metadata);
  ASSERT_EQ(read->tensors.size(), content.tensors.size());
  for (const std::string name : {"f32", "f64", "bf16", "none", "scalar"}) {
    const auto &before = std::get<Tensor>(content.tensors[name]), &after = std::get<Tensor>(read->tensors.at(name));
    EXPECT_EQ(after.shape(), before.shape()) << name;
    EXPECT_EQ(after.dtype(), before.dtype()) << name;
    EXPECT_EQ(BytesOf(after), BytesOf(before)) << name;
  }
  EXPECT_EQ(std::get<Numbers<int64_t>>(read->tensors.at("i64")).values,
            (std::vector<int64_t>{std::numeric_limits<int64_t>::min(), -1}));
  EXPECT_EQ(std::get<Numbers<int64_t>>(read->tensors.at("i64")).shape, (Shape{2, 1}));
  EXPECT_EQ(std::get<Numbers<uint8_t>>(read->tensors.at("u8")).values, (std::vector<uint8_t>{0, 128, 255}));
}

TEST(SafeTensorsTest, BlockedTensorsAreWrittenPlain) {
  const Tensor x = Tensor::Full({1, 17, 6, 6}, 1), w = Tensor::Full({32, 17, 3, 3}, 0.5);
  const Tensor y = Convolution(x, w, Tensor());
  ASSERT_FALSE(y.is_plain()) << "the test shows nothing";
  ASSERT_TRUE(WriteSafeTensors(Path("blocked"), {{{"y", y}}, {}}).ok());
  const auto read = ReadSafeTensors(Path("blocked"));
  EXPECT_EQ(BytesOf(std::get<Tensor>(read->tensors.at("y"))), BytesOf(ToPlain(y)));
}

TEST(SafeTensorsTest, TextThatIsNotUtf8DoesNotStopAWrite) {
  ASSERT_TRUE(WriteSafeTensors(Path("text"), {{}, {{"folder", "a\xff"}}}).ok());
  const auto read = ReadSafeTensors(Path("text"));
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->metadata.at("folder"), "a\xef\xbf\xbd");
}

TEST(SafeTensorsDeathTest, TheNameOfTheMetadataIsTaken) {
  const SafeTensors content = {{{"__metadata__", Tensor::Scalar(1)}}, {}};
  EXPECT_DEATH((void)WriteSafeTensors(Path("taken"), content), "is the metadata's");
}

// Values from IEEE 754: 1, -2, the largest 65504, the least normal 2^-14, the largest and least subnormal, -0, ∞, NaN.
TEST(SafeTensorsTest, HalvesAreWidened) {
  const std::vector<uint16_t> halves = {0x3C00, 0xC000, 0x7BFF, 0x0400, 0x03FF, 0x0001, 0x8000, 0x7C00, 0x7E00};
  const auto read =
      ParseSafeTensors(File(R"({"h":{"dtype":"F16","shape":[9],"data_offsets":[0,18]}})", BytesOf(halves)), "h");
  ASSERT_TRUE(read.ok()) << read.status();
  const Tensor& h = std::get<Tensor>(read->tensors.at("h"));
  const float expected[] = {
      1, -2, 65504, 0x1p-14f, 1023 * 0x1p-24f, 0x1p-24f, -0.0f, std::numeric_limits<float>::infinity()};
  for (int i = 0; i < 8; ++i) EXPECT_EQ(h.data()[i], expected[i]) << i;
  EXPECT_TRUE(std::signbit(h.data()[6]));
  EXPECT_TRUE(std::isnan(h.data()[8]));
}

TEST(SafeTensorsTest, AFileThatOthersWriteIsRead) {
  // Names in another order than the bytes, spaces behind the header, no metadata, an empty tensor in between.
  const auto read = ParseSafeTensors(File(R"({"b":{"shape":[1],"dtype":"U8","data_offsets":[1,2]},)"
                                          R"("a":{"dtype":"U8","data_offsets":[0,1],"shape":[1,1]},)"
                                          R"("e":{"dtype":"F32","shape":[3,0],"data_offsets":[1,1]}}   )",
                                          "xy"),
                                     "f");
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(std::get<Numbers<uint8_t>>(read->tensors.at("a")).values, (std::vector<uint8_t>{'x'}));
  EXPECT_EQ(std::get<Numbers<uint8_t>>(read->tensors.at("b")).values, (std::vector<uint8_t>{'y'}));
  EXPECT_TRUE(ParseSafeTensors(File("{}", ""), "f").ok());
}

std::string ReasonOf(std::string_view bytes) {
  const absl::Status status = ParseSafeTensors(bytes, "net").status();
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition) << status;
  const std::string message(status.message()), start = "net is no safetensors file: ";
  EXPECT_EQ(message.substr(0, start.size()), start);
  EXPECT_EQ(message.find('\n'), std::string::npos);
  return message.substr(std::min(start.size(), message.size()));
}

std::string U8(const std::string& shape, const std::string& offsets) {
  return R"("dtype":"U8","shape":)" + shape + R"(,"data_offsets":)" + offsets;
}

// Two tensors of two bytes, at these places.
std::string Two(const std::string& a, const std::string& b) {
  return R"({"a":{)" + U8("[2]", a) + R"(},"b":{)" + U8("[2]", b) + "}}";
}

TEST(SafeTensorsTest, AFileCutOffAnywhereIsRefused) {
  const std::string whole = File(Two("[0,2]", "[2,4]"), "wxyz");
  ASSERT_TRUE(ParseSafeTensors(whole, "net").ok());
  for (size_t n = 0; n < whole.size(); ++n) {
    const std::string reason = ReasonOf(std::string_view(whole).substr(0, n));
    if (n < 8) {
      EXPECT_EQ(reason, "it is too short for the length of a header") << n;
    } else if (n < whole.size() - 4) {
      EXPECT_EQ(reason, "it is cut off within its header") << n;
    } else {
      EXPECT_EQ(reason, absl::StrCat("it is cut off: ", whole.size() - n, " bytes are missing"));
    }
  }
}

// Whatever one byte becomes, the file is read or refused: under a sanitizer this shows that nothing else happens.
TEST(SafeTensorsTest, ADamagedByteIsNoAccident) {
  const std::string whole = File(Two("[0,2]", "[2,4]"), "wxyz");
  int refused = 0;
  for (size_t i = 0; i < whole.size(); ++i) {
    for (int value = 0; value < 256; ++value) {
      std::string damaged = whole;
      damaged[i] = static_cast<char>(value);
      const auto read = ParseSafeTensors(damaged, "net");
      if (read.ok()) continue;
      ++refused;
      ASSERT_EQ(read.status().code(), absl::StatusCode::kFailedPrecondition);
    }
  }
  EXPECT_GT(refused, 200 * static_cast<int>(whole.size() - 40));  // names and values may be anything
}

TEST(SafeTensorsTest, ImpossibleLengthsOfHeadersAreRefused) {
  EXPECT_EQ(ReasonOf(""), "it is too short for the length of a header");
  EXPECT_EQ(ReasonOf("\2\0\0\0\0\0\0"sv), "it is too short for the length of a header");
  EXPECT_EQ(ReasonOf("\0\0\0\0\0\0\0\0"sv), "its header does not begin with '{'");
  EXPECT_EQ(ReasonOf("\xff\xff\xff\xff\xff\xff\xff\xff{}"sv), "it claims a header of 18446744073709551615 bytes");
  EXPECT_EQ(ReasonOf("\0\0\0\x80\0\0\0\0{}"sv), "it claims a header of 2147483648 bytes");
  EXPECT_EQ(ReasonOf("\1\xe1\xf5\5\0\0\0\0{}"sv), "it claims a header of 100000001 bytes");
  EXPECT_EQ(ReasonOf("\0\xe1\xf5\5\0\0\0\0{}"sv), "it is cut off within its header");
  EXPECT_EQ(ReasonOf("\3\0\0\0\0\0\0\0{}"sv), "it is cut off within its header");
}

TEST(SafeTensorsTest, FilesInOtherEncodingsAreRefused) {
  EXPECT_EQ(ReasonOf(File("\xef\xbb\xbf{}", "")), "its header does not begin with '{'");
  EXPECT_EQ(ReasonOf(File("{\"\xff\":{}}", "")), "its header is not a JSON object");
  EXPECT_EQ(ReasonOf(File(std::string("{\0}\0", 4), "")), "its header is not a JSON object");
}

TEST(SafeTensorsTest, ForeignFilesAreNamedWithTheWayOut) {
  const std::pair<std::string_view, std::string> files[] = {
      {"PK\x03\x04\x14\0\0\0\0\0"sv, "it is a zip archive, as PyTorch writes it around a pickle; convert it: "},
      {"PK\x03\x04\x14\0 model.weights.h5"sv, "it is a .keras archive; convert it: "},
      {"cposix\nsystem\n(S'rm -rf ~'\ntR."sv, "it is a pickle, which may run any program when it is opened; convert"},
      {"\x80\x04\x95\x0a\0\0\0\0\0\0\0."sv, "it is a pickle, which may run any program when it is opened; convert"},
      {"\x89HDF\r\n\x1a\n\0\0\0\0"sv, "it is HDF5, as Keras writes it; convert it: "},
      {"\x08\x07\x12\x07pytorch"sv, "it is an ONNX model; convert it: "}};
  for (const auto& [bytes, reason] : files) EXPECT_THAT(ReasonOf(bytes), testing::StartsWith(reason));
}

TEST(SafeTensorsTest, AFileThatIsNotThereIsNoCheckpoint) {
  const absl::Status status = ReadSafeTensors("/nowhere/net").status();
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(status.message(), "cannot read /nowhere/net: No such file or directory");
}

}  // namespace
}  // namespace dl
