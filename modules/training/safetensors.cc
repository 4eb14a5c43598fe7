#include "modules/training/safetensors.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "modules/base/file.h"
#include "modules/primitives/reorder.h"
#include "modules/training/foreign_weights.h"
#include "nlohmann/json.hpp"

namespace dl {
namespace {

using nlohmann::json;

static_assert(std::endian::native == std::endian::little, "the file's bytes are the memory's");

constexpr uint64_t kLengthBytes = 8, kLongestHeader = 100'000'000;
constexpr const char* kMetadata = "__metadata__";

struct ElementType {
  const char* name;
  uint64_t bytes;
};
constexpr ElementType kTypes[] = {{"F64", 8}, {"I64", 8}, {"F32", 4}, {"F16", 2}, {"BF16", 2}, {"U8", 1}};

// Where a tensor's bytes lie among those behind the header.
struct Entry {
  std::string name;
  ElementType type;
  Shape shape;
  uint64_t begin, end;
};

absl::Status Refused(const std::string& reason) { return absl::FailedPreconditionError(reason); }

template <typename... Words>
absl::Status RefusedTensor(const std::string& name, const Words&... words) {
  return Refused(absl::StrCat("tensor '", name, "' ", words...));
}

// JSON lets names come twice; here a second one would hide the first.
absl::StatusOr<json> ParseHeader(std::string_view text) {
  std::vector<std::set<std::string>> names;
  std::string twice;
  const auto watch = [&](int, json::parse_event_t event, json& value) {
    if (event == json::parse_event_t::object_start) names.emplace_back();
    if (event == json::parse_event_t::object_end) names.pop_back();
    if (event == json::parse_event_t::key && !names.back().insert(value.get<std::string>()).second) {
      twice = value.get<std::string>();
    }
    return true;
  };
  if (text.empty() || text[0] != '{') return Refused("its header does not begin with '{'");
  const json header = json::parse(text.begin(), text.end(), watch, /*allow_exceptions=*/false);
  const bool zero = text.find('\0') != text.npos;  // which the parser takes for the end
  if (!header.is_object() || zero) return Refused("its header is not a JSON object");
  if (!twice.empty()) return Refused(absl::StrCat("its header names '", twice, "' twice"));
  return header;
}

absl::Status ParseMetadata(const json& metadata, std::map<std::string, std::string>& result) {
  if (!metadata.is_object()) return Refused("its metadata is not an object");
  for (const auto& [name, value] : metadata.items()) {
    if (!value.is_string()) return Refused(absl::StrCat("its metadata '", name, "' is not text"));
    result[name] = value.get<std::string>();
  }
  return absl::OkStatus();
}

absl::StatusOr<Entry> ParseEntry(const std::string& name, const json& value) {
  if (!value.is_object()) return RefusedTensor(name, "is not described by an object");
  for (const char* key : {"dtype", "shape", "data_offsets"}) {
    if (!value.contains(key)) return RefusedTensor(name, "has no ", key);
  }
  if (value.size() != 3) return RefusedTensor(name, "has more than dtype, shape and data_offsets");
  Entry entry = {.name = name, .type = {}, .shape = {}, .begin = 0, .end = 0};
  const json &dtype = value["dtype"], &shape = value["shape"], &offsets = value["data_offsets"];
  if (!dtype.is_string()) return RefusedTensor(name, "has a dtype that is not text");
  for (const ElementType& type : kTypes) {
    if (dtype.get<std::string>() == type.name) entry.type = type;
  }
  if (entry.type.name == nullptr) {
    return RefusedTensor(name, "is of type ", dtype.get<std::string>(), "; F64, F32, F16, BF16, I64 and U8 are read");
  }
  if (!shape.is_array()) return RefusedTensor(name, "has a shape that is not a list");
  uint64_t size = entry.type.bytes;
  for (const json& extent : shape) {
    if (!extent.is_number_unsigned()) return RefusedTensor(name, "has an extent that is not a whole number");
    const auto n = extent.get<uint64_t>();
    if (__builtin_mul_overflow(size, n, &size) || std::max(size, n) > std::numeric_limits<int64_t>::max()) {
      return RefusedTensor(name, "has more elements than can be counted");
    }
    entry.shape.push_back(static_cast<int64_t>(n));
  }
  if (!offsets.is_array() || offsets.size() != 2 || !offsets[0].is_number_unsigned() ||
      !offsets[1].is_number_unsigned()) {
    return RefusedTensor(name, "has data_offsets that are not two whole numbers");
  }
  entry.begin = offsets[0].get<uint64_t>();
  entry.end = offsets[1].get<uint64_t>();
  if (entry.begin > entry.end) return RefusedTensor(name, "ends before it begins");
  if (entry.end - entry.begin != size) {
    return RefusedTensor(name, "has ", entry.end - entry.begin, " bytes, its type and shape want ", size);
  }
  return entry;
}

// Whether the tensors, in order of place, cover all `bytes` behind the header, each byte once.
absl::Status CheckCover(const std::vector<Entry>& entries, uint64_t bytes) {
  uint64_t covered = 0;
  for (const Entry& entry : entries) {
    if (entry.begin < covered) return RefusedTensor(entry.name, "overlaps the one before it");
    if (entry.begin > covered) return RefusedTensor(entry.name, "leaves a gap of ", entry.begin - covered, " bytes");
    covered = entry.end;
  }
  if (covered > bytes) return Refused(absl::StrCat("it is cut off: ", covered - bytes, " bytes are missing"));
  if (covered < bytes) return Refused(absl::StrCat(bytes - covered, " bytes at its end belong to no tensor"));
  return absl::OkStatus();
}

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
Numbers<T> NumbersFrom(const Entry& entry, const char* bytes) {
  Numbers<T> numbers = {entry.shape, std::vector<T>(NumElements(entry.shape))};
  std::copy_n(bytes, entry.end - entry.begin, reinterpret_cast<char*>(numbers.values.data()));
  return numbers;
}

StoredTensor Load(const Entry& entry, const char* bytes) {
  const std::string_view type = entry.type.name;
  if (type == "I64") return NumbersFrom<int64_t>(entry, bytes);
  if (type == "U8") return NumbersFrom<uint8_t>(entry, bytes);
  if (type == "F16") {
    Tensor tensor(entry.shape);
    for (int64_t i = 0; i < tensor.size(); ++i) {
      uint16_t half;
      std::memcpy(&half, bytes + 2 * i, 2);
      tensor.mutable_data()[i] = FromHalf(half);
    }
    return tensor;
  }
  Tensor tensor(entry.shape, type == "F64" ? DType::kF64 : type == "F32" ? DType::kF32 : DType::kBF16);
  std::copy_n(bytes, entry.end - entry.begin, static_cast<char*>(tensor.mutable_raw()));
  return tensor;
}

absl::StatusOr<SafeTensors> Parse(std::string_view bytes) {
  if (bytes.size() < kLengthBytes) return Refused("it is too short for the length of a header");
  uint64_t length;
  std::memcpy(&length, bytes.data(), kLengthBytes);
  if (length > kLongestHeader) return Refused(absl::StrCat("it claims a header of ", length, " bytes"));
  if (length > bytes.size() - kLengthBytes) return Refused("it is cut off within its header");
  const absl::StatusOr<json> header = ParseHeader(bytes.substr(kLengthBytes, length));
  if (!header.ok()) return header.status();
  SafeTensors content;
  std::vector<Entry> entries;
  for (const auto& [name, value] : header->items()) {
    if (name == kMetadata) {
      if (absl::Status status = ParseMetadata(value, content.metadata); !status.ok()) return status;
      continue;
    }
    absl::StatusOr<Entry> entry = ParseEntry(name, value);
    if (!entry.ok()) return entry.status();
    entries.push_back(*std::move(entry));
  }
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    return std::pair(a.begin, a.end) < std::pair(b.begin, b.end);
  });
  const std::string_view data = bytes.substr(kLengthBytes + length);
  if (absl::Status status = CheckCover(entries, data.size()); !status.ok()) return status;
  for (const Entry& entry : entries) content.tensors.emplace(entry.name, Load(entry, data.data() + entry.begin));
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
  return {&name, sizeof(T) == 8 ? kTypes[1] : kTypes[5], &numbers.shape,
          {reinterpret_cast<const char*>(numbers.values.data()), numbers.values.size() * sizeof(T)}};
}

Piece PieceOf(const std::string& name, const Tensor& tensor) {
  const DType dtype = tensor.dtype();
  return {&name, dtype == DType::kF64 ? kTypes[0] : dtype == DType::kF32 ? kTypes[2] : kTypes[4], &tensor.shape(),
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
  SafeTensors plain = content;
  std::vector<Piece> pieces;
  for (auto& [name, stored] : plain.tensors) {
    if (Tensor* tensor = std::get_if<Tensor>(&stored)) *tensor = ToPlain(*tensor);
    pieces.push_back(std::visit([&, &name = name](const auto& values) { return PieceOf(name, values); }, stored));
  }
  std::stable_sort(pieces.begin(), pieces.end(),
                   [](const Piece& a, const Piece& b) { return a.type.bytes > b.type.bytes; });
  nlohmann::ordered_json header = nlohmann::ordered_json::object();
  if (!content.metadata.empty()) header[kMetadata] = content.metadata;
  std::vector<std::string_view> parts(2);
  uint64_t end = 0;
  for (const Piece& piece : pieces) {
    const uint64_t begin = end;
    end += piece.bytes.size();
    const std::vector<int64_t> shape(piece.shape->begin(), piece.shape->end());
    header[*piece.name] = {{"dtype", piece.type.name}, {"shape", shape}, {"data_offsets", {begin, end}}};
    parts.push_back(piece.bytes);
  }
  std::string text = header.dump();
  text.resize((text.size() + 7) / 8 * 8, ' ');
  const uint64_t length = text.size();
  parts[0] = {reinterpret_cast<const char*>(&length), kLengthBytes};
  parts[1] = text;
  return WriteFile(path, parts);
}

}  // namespace dl
