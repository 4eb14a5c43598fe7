#include "modules/training/safetensors_header.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace dl {
namespace {

std::string Entry(const std::string& rest) { return R"({"a":{)" + rest + "}}"; }

std::string U8(const std::string& shape, const std::string& offsets) {
  return R"("dtype":"U8","shape":)" + shape + R"(,"data_offsets":)" + offsets;
}

// Two tensors of two bytes, at these places.
std::string Two(const std::string& a, const std::string& b) {
  return R"({"a":{)" + U8("[2]", a) + R"(},"b":{)" + U8("[2]", b) + "}}";
}

std::string Ones(int count) {
  std::string shape = "[1";
  for (int i = 1; i < count; ++i) shape += ",1";
  return shape + "]";
}

TEST(SafeTensorsHeaderTest, SaysWhereEachTensorLies) {
  const auto header = ParseSafeTensorsHeader(
      R"({"b":{"shape":[2, 3],"dtype":"BF16","data_offsets":[8,20]},"__metadata__":{"model":"mlp","":"é"},)"
      R"("a":{"dtype":"F64","data_offsets":[0,8],"shape":[]},"e":{"dtype":"F32","shape":[3,0],"data_offsets":[8,8]}} )",
      20);
  ASSERT_TRUE(header.ok()) << header.status();
  ASSERT_EQ(header->tensors.size(), 3u);
  const TensorPlace &a = header->tensors.at("a"), &b = header->tensors.at("b"), &e = header->tensors.at("e");
  EXPECT_EQ(a.type, ElementType::kF64);
  EXPECT_EQ(a.shape, Shape{});
  EXPECT_EQ(std::pair(a.begin, a.end), std::pair(0ul, 8ul));
  EXPECT_EQ(b.type, ElementType::kBF16);
  EXPECT_EQ(b.shape, (Shape{2, 3}));
  EXPECT_EQ(std::pair(b.begin, b.end), std::pair(8ul, 20ul));
  EXPECT_EQ(e.shape, (Shape{3, 0}));
  EXPECT_EQ(header->metadata, (std::map<std::string, std::string>{{"model", "mlp"}, {"", "é"}}));
}

TEST(SafeTensorsHeaderTest, TypesHaveTheirNamesAndSizes) {
  for (const auto& [name, type, bytes] :
       {std::tuple("F64", ElementType::kF64, 8), std::tuple("I64", ElementType::kI64, 8),
        std::tuple("F32", ElementType::kF32, 4), std::tuple("F16", ElementType::kF16, 2),
        std::tuple("BF16", ElementType::kBF16, 2), std::tuple("U8", ElementType::kU8, 1)}) {
    const auto header = ParseSafeTensorsHeader(
        Entry(absl::StrCat(R"("dtype":")", name, R"(","shape":[3],"data_offsets":[0,)", 3 * bytes, "]")), 3 * bytes);
    ASSERT_TRUE(header.ok()) << header.status();
    EXPECT_EQ(header->tensors.at("a").type, type);
    EXPECT_STREQ(TraitsOf(type).name, name);
  }
}

TEST(SafeTensorsHeaderTest, TheLargestOfAllIsRead) {
  const auto read = [](const std::string& rest, uint64_t bytes) {
    return ParseSafeTensorsHeader(Entry(rest), bytes).status();
  };
  EXPECT_TRUE(read(U8(Ones(64), "[0,1]"), 1).ok());
  EXPECT_TRUE(read(U8("[9223372036854775807]", "[0,9223372036854775807]"), 9223372036854775807u).ok());
}

// In time and memory that grow with the header, not with its square.
TEST(SafeTensorsHeaderTest, AMillionTensorsAreRead) {
  std::string text = "{";
  for (int i = 0; i < 1'000'000; ++i) {
    absl::StrAppend(&text, i == 0 ? "" : ",", "\"", i, "\":{", U8("[0]", "[0,0]"), "}");
  }
  const auto header = ParseSafeTensorsHeader(text + "}", 0);
  ASSERT_TRUE(header.ok()) << header.status();
  EXPECT_EQ(header->tensors.size(), 1'000'000u);
}

std::string ReasonOf(const std::string& header, uint64_t data_bytes) {
  const absl::Status status = ParseSafeTensorsHeader(header, data_bytes).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition) << status;
  return std::string(status.message());
}

struct Malformed {
  std::string header;
  uint64_t data_bytes;
  std::string reason;
};

TEST(SafeTensorsHeaderTest, MalformedOnesAreRefusedWithTheReason) {
  const std::string not_object = "its header is not a JSON object", not_brace = "its header does not begin with '{'",
                    extent = "tensor 'a' has an extent that is not a whole number",
                    offsets = "tensor 'a' has data_offsets that are not two whole numbers",
                    many = "tensor 'a' has more elements than can be counted";
  const std::vector<Malformed> cases = {
      {"", 0, not_brace},
      {" {}", 0, not_brace},
      {"[]", 0, not_brace},
      {"\"a\"", 0, not_brace},
      {"{", 0, not_object},
      {"{}}", 0, not_object},
      {"{\"a\":}", 0, not_object},
      {std::string("{}\0", 3), 0, not_object},
      {"{\"\xff\":1}", 0, not_object},
      {"{\"\xc3\":1}", 0, not_object},
      {"{\"a\":1e999}", 0, not_object},
      {"{a:1}", 0, not_object},
      {"{}//", 0, not_object},
      {std::string(1'000'000, '[').replace(0, 1, "{"), 0, not_object},
      {R"({"a":NaN})", 0, not_object},
      {R"({"a":1})", 0, "tensor 'a' is not described by an object"},
      {R"({"a":[]})", 0, "tensor 'a' is not described by an object"},
      {R"({"a":null})", 0, "tensor 'a' is not described by an object"},
      {R"({"a":true})", 0, "tensor 'a' is not described by an object"},
      {R"({"a":"F32"})", 0, "tensor 'a' is not described by an object"},
      {R"({"a":{}})", 0, "tensor 'a' has no dtype"},
      {Entry(R"("shape":[1],"data_offsets":[0,1])"), 1, "tensor 'a' has no dtype"},
      {Entry(R"("dtype":"U8","data_offsets":[0,1])"), 1, "tensor 'a' has no shape"},
      {Entry(R"("dtype":"U8","shape":[1])"), 1, "tensor 'a' has no data_offsets"},
      {Entry(U8("[1]", "[0,1]") + R"(,"x":1)"), 1, "tensor 'a' has more than dtype, shape and data_offsets"},
      {Entry(R"("dtype":["U8"],"shape":[1],"data_offsets":[0,1])"), 1, "tensor 'a' has a dtype that is not text"},
      {Entry(R"("dtype":8,"shape":[1],"data_offsets":[0,1])"), 1, "tensor 'a' has a dtype that is not text"},
      {Entry(R"("dtype":"I32","shape":[1],"data_offsets":[0,4])"), 4,
       "tensor 'a' is of type 'I32'; F64, F32, F16, BF16, I64 and U8 are read"},
      {Entry(R"("dtype":"u8","shape":[1],"data_offsets":[0,1])"), 1,
       "tensor 'a' is of type 'u8'; F64, F32, F16, BF16, I64 and U8 are read"},
      {Entry(U8("1", "[0,1]")), 1, "tensor 'a' has a shape that is not a list"},
      {Entry(U8("{}", "[0,1]")), 1, "tensor 'a' has a shape that is not a list"},
      {Entry(U8("null", "[0,1]")), 1, "tensor 'a' has a shape that is not a list"},
      {Entry(U8("[-1]", "[0,1]")), 1, extent},
      {Entry(U8("[-0]", "[0,1]")), 1, extent},
      {Entry(U8("[1e0]", "[0,1]")), 1, extent},
      {Entry(U8("[null]", "[0,1]")), 1, extent},
      {Entry(U8("[[1]]", "[0,1]")), 1, extent},
      {Entry(U8("[{}]", "[0,1]")), 1, extent},
      {Entry(U8("[1.0]", "[0,1]")), 1, extent},
      {Entry(U8("[\"1\"]", "[0,1]")), 1, extent},
      {Entry(U8("[18446744073709551616]", "[0,1]")), 1, extent},
      {Entry(U8("[9223372036854775808]", "[0,1]")), 1, many},
      {Entry(U8("[4294967296,4294967296]", "[0,0]")), 0, many},
      {Entry(U8("[4294967296,2147483648,2,0]", "[0,0]")), 0, many},
      {Entry(R"("dtype":"F64","shape":[2305843009213693952],"data_offsets":[0,0])"), 0, many},
      {Entry(U8("[0,4294967296,4294967296]", "[0,0]")), 0, many},
      {Entry(U8(Ones(65), "[0,1]")), 1, "tensor 'a' has more than 64 extents"},
      {Entry(U8("[1]", "[]")), 1, offsets},
      {Entry(U8("[1]", "[0]")), 1, offsets},
      {Entry(U8("[1]", "[0,\"1\"]")), 1, offsets},
      {Entry(U8("[1]", "[0,[1]]")), 1, offsets},
      {Entry(U8("[1]", "{}")), 1, offsets},
      {Entry(U8("[1]", "[0,1,2]")), 1, offsets},
      {Entry(U8("[1]", "[-1,0]")), 1, offsets},
      {Entry(U8("[1]", "[0,1.5]")), 1, offsets},
      {Entry(U8("[1]", "\"0,1\"")), 1, offsets},
      {Entry(U8("[1]", "[2,1]")), 2, "tensor 'a' ends before it begins"},
      {Entry(U8("[2]", "[0,1]")), 1, "tensor 'a' has 1 bytes, its type and shape want 2"},
      {Entry(U8("[1]", "[0,2]")), 2, "tensor 'a' has 2 bytes, its type and shape want 1"},
      {Entry(U8("[]", "[0,0]")), 0, "tensor 'a' has 0 bytes, its type and shape want 1"},
      {Entry(R"("dtype":"F32","shape":[1],"data_offsets":[0,1])"), 1,
       "tensor 'a' has 1 bytes, its type and shape want 4"},
      {Entry(U8("[1]", "[1,2]")), 2, "tensor 'a' leaves a gap of 1 bytes"},
      {Two("[0,2]", "[3,5]"), 5, "tensor 'b' leaves a gap of 1 bytes"},
      {Two("[0,2]", "[1,3]"), 3, "tensor 'b' overlaps the one before it"},
      {Two("[0,2]", "[0,2]"), 2, "tensor 'b' overlaps the one before it"},
      {Two("[2,4]", "[18446744073709551613,18446744073709551615]"), 4, "tensor 'a' leaves a gap of 2 bytes"},
      {Two("[0,2]", "[2,4]"), 3, "it is cut off: 1 bytes are missing"},
      {Two("[0,2]", "[2,4]"), 5, "1 bytes at its end belong to no tensor"},
      {"{}", 1, "1 bytes at its end belong to no tensor"},
      {R"({"a":{)" + U8("[1]", "[0,1]") + R"(},"a":{)" + U8("[1]", "[0,1]") + "}}", 1, "its header names 'a' twice"},
      {Entry(U8("[1]", "[0,1]") + R"(,"dtype":"U8")"), 1, "its header names 'dtype' twice"},
      {R"({"__metadata__":{"a":"1","a":"2"}})", 0, "its header names 'a' twice"},
      {Entry(U8("[1]", "[0,1]") + R"(,"shape":[1])"), 1, "its header names 'shape' twice"},
      {R"({"__metadata__":{},"__metadata__":{}})", 0, "its header names '__metadata__' twice"},
      {R"({"a":{"dtype":"F32","shape":[0,7],"data_offsets":[2,2]},"b":{)" + U8("[4]", "[0,4]") + "}}", 4,
       "tensor 'a' overlaps the one before it"},
      {R"({"a":{"dtype":"F32","shape":[0,7],"data_offsets":[4,4]},"b":{)" + U8("[3]", "[0,3]") + "}}", 3,
       "tensor 'a' leaves a gap of 1 bytes"},
      {R"({"a\n\u001b[2J":1})", 0, R"(tensor 'a\n\033[2J' is not described by an object)"},
      {R"({")" + std::string(1'000'000, 'n') + R"(":1})", 0,
       "tensor '" + std::string(100, 'n') + "...' is not described by an object"},
      {R"({"__metadata__":[]})", 0, "its metadata is not an object"},
      {R"({"__metadata__":{"a":1}})", 0, "its metadata 'a' is not text"},
      {R"({"__metadata__":{"a":{"b":"c"}}})", 0, "its metadata 'a' is not text"},
  };
  for (const Malformed& c : cases) EXPECT_EQ(ReasonOf(c.header, c.data_bytes), c.reason) << c.header.substr(0, 200);
}

TEST(SafeTensorsHeaderTest, ACutOffHeaderIsNoHeader) {
  const std::string whole = Two("[0,2]", "[2,4]");
  ASSERT_TRUE(ParseSafeTensorsHeader(whole, 4).ok());
  for (size_t n = 1; n < whole.size(); ++n) {
    EXPECT_EQ(ReasonOf(whole.substr(0, n), 4), "its header is not a JSON object") << n;
  }
}

}  // namespace
}  // namespace dl
