#include "modules/training/safetensors.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

#include "absl/strings/str_cat.h"
#include "modules/base/check.h"
#include "modules/base/file.h"
#include "modules/primitives/reorder.h"
#include "modules/training/foreign_weights.h"
#include "modules/training/safetensors_header.h"
#include "nlohmann/json.hpp"

namespace dl {
namespace {

static_assert(std::endian::native == std::endian::little, "the file's bytes are the memory's");

constexpr uint64_t kLengthBytes = 8, kLongestHeader = 100'000'000;

absl::Status Refused(const std::string& reason) { return absl::FailedPreconditionError(reason); }

// IEEE's half precision, exactly.
float FromHalf(uint16_t half) {
  const uint32_t sign = uint32_t{half} >> 15 << 31, exponent = half >> 10 & 31;
  uint32_t fraction = half & 1023;
  if (exponent == 31) return std::bit_cast<float>(sign | 0x7F800000 | fraction << 13);
  if (exponent > 0) return std::bit_cast<float>(sign | (exponent + 112) << 23 | fraction << 13);
  if (fraction == 0) return std::bit_cast<float>(sign);
  uint32_t shift = 0;  // of a subnormal: to a leading 1, which is then left out
  for (; (fraction & 1024) == 0; fraction <<= 1) ++shift;
  return std::bit_cast<float>(sign | (113 - shift) << 23 | (fraction & 1023) << 13);
}

template <typename T>
Numbers<T> NumbersFrom(const TensorPlace& place, const char* bytes) {
  Numbers<T> numbers = {place.shape, std::vector<T>(NumElements(place.shape))};
  std::copy_n(bytes, place.end - place.begin, reinterpret_cast<char*>(numbers.values.data()));
  return numbers;
}

Tensor TensorFrom(const TensorPlace& place, DType dtype, const char* bytes) {
  Tensor tensor(place.shape, dtype);
  std::copy_n(bytes, place.end - place.begin, static_cast<char*>(tensor.mutable_raw()));
  return tensor;
}

Tensor Widened(const TensorPlace& place, const char* bytes) {
  Tensor tensor(place.shape);
  float* values = tensor.mutable_data();
  for (int64_t i = 0; i < tensor.size(); ++i) {
    uint16_t half;
    std::memcpy(&half, bytes + 2 * i, 2);
    values[i] = FromHalf(half);
  }
  return tensor;
}

StoredTensor Load(const TensorPlace& place, const char* bytes) {
  switch (place.type) {
    case ElementType::kF64:
      return TensorFrom(place, DType::kF64, bytes);
    case ElementType::kI64:
      return NumbersFrom<int64_t>(place, bytes);
    case ElementType::kF32:
      return TensorFrom(place, DType::kF32, bytes);
    case ElementType::kF16:
      return Widened(place, bytes);
    case ElementType::kBF16:
      return TensorFrom(place, DType::kBF16, bytes);
    case ElementType::kU8:
      return NumbersFrom<uint8_t>(place, bytes);
  }
  return {};
}

absl::StatusOr<SafeTensors> Parse(std::string_view bytes) {
  if (bytes.size() < kLengthBytes) return Refused("it is too short for the length of a header");
  uint64_t length;
  std::memcpy(&length, bytes.data(), kLengthBytes);
  if (length > kLongestHeader) return Refused(absl::StrCat("it claims a header of ", length, " bytes"));
  if (length > bytes.size() - kLengthBytes) return Refused("it is cut off within its header");
  const std::string_view data = bytes.substr(kLengthBytes + length);
  absl::StatusOr<SafeTensorsHeader> header = ParseSafeTensorsHeader(bytes.substr(kLengthBytes, length), data.size());
  if (!header.ok()) return header.status();
  SafeTensors content;
  content.metadata = std::move(header->metadata);
  for (const auto& [name, place] : header->tensors)
    content.tensors.emplace(name, Load(place, data.data() + place.begin));
  return content;
}

// A tensor to be written.
struct Piece {
  const std::string* name;
  ElementType type;
  const Shape* shape;
  std::string_view bytes;
};

template <typename T>
Piece PieceOf(const std::string& name, const Numbers<T>& numbers) {
  return {&name,
          sizeof(T) == 8 ? ElementType::kI64 : ElementType::kU8,
          &numbers.shape,
          {reinterpret_cast<const char*>(numbers.values.data()), numbers.values.size() * sizeof(T)}};
}

Piece PieceOf(const std::string& name, const Tensor& tensor) {
  const DType dtype = tensor.dtype();
  const ElementType wide = dtype == DType::kF64 ? ElementType::kF64 : ElementType::kF32;
  return {&name,
          dtype == DType::kBF16 ? ElementType::kBF16 : wide,
          &tensor.shape(),
          {static_cast<const char*>(tensor.raw()), tensor.bytes()}};
}

}  // namespace

absl::StatusOr<SafeTensors> ParseSafeTensors(std::string_view bytes, const std::string& name) {
  absl::StatusOr<SafeTensors> content = Parse(bytes);
  if (content.ok()) return content;
  const std::string foreign = ForeignWeights(bytes, name);
  return Refused(absl::StrCat(name, " is no safetensors file: ",
                              foreign.empty() ? std::string(content.status().message()) : "it is " + foreign));
}

absl::StatusOr<SafeTensors> ReadSafeTensors(const std::string& path) {
  const absl::StatusOr<std::string> bytes = ReadFile(path);
  if (!bytes.ok()) return Refused(std::string(bytes.status().message()));
  return ParseSafeTensors(*bytes, path);
}

absl::Status WriteSafeTensors(const std::string& path, const SafeTensors& content) {
  DL_CHECK(content.tensors.count(kMetadataName) == 0)
      << "WriteSafeTensors: a tensor is named " << kMetadataName << "; that name is the metadata's";
  SafeTensors plain = content;
  std::vector<Piece> pieces;
  for (auto& [name, stored] : plain.tensors) {
    if (Tensor* tensor = std::get_if<Tensor>(&stored)) *tensor = ToPlain(*tensor);
    pieces.push_back(std::visit([&, &name = name](const auto& values) { return PieceOf(name, values); }, stored));
  }
  std::stable_sort(pieces.begin(), pieces.end(),
                   [](const Piece& a, const Piece& b) { return TraitsOf(a.type).bytes > TraitsOf(b.type).bytes; });
  nlohmann::ordered_json header = nlohmann::ordered_json::object();
  if (!content.metadata.empty()) header[kMetadataName] = content.metadata;
  std::vector<std::string_view> parts(2);
  uint64_t end = 0;
  for (const Piece& piece : pieces) {
    const uint64_t begin = end;
    end += piece.bytes.size();
    const std::vector<int64_t> shape(piece.shape->begin(), piece.shape->end());
    header[*piece.name] = {{"dtype", TraitsOf(piece.type).name}, {"shape", shape}, {"data_offsets", {begin, end}}};
    parts.push_back(piece.bytes);
  }
  std::string text = header.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
  text.resize((text.size() + 7) / 8 * 8, ' ');
  const uint64_t length = text.size();
  parts[0] = {reinterpret_cast<const char*>(&length), kLengthBytes};
  parts[1] = text;
  return WriteFile(path, parts);
}

}  // namespace dl
