#include "modules/training/safetensors_header.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "modules/base/quoted.h"
#include "nlohmann/json.hpp"

namespace dl {
namespace {

using nlohmann::json;

constexpr ElementTypeTraits kTraits[] = {{"F64", 8}, {"I64", 8}, {"F32", 4}, {"F16", 2}, {"BF16", 2}, {"U8", 1}};
constexpr size_t kMostExtents = 64;

absl::Status Refused(const std::string& reason) { return absl::FailedPreconditionError(reason); }

template <typename... Words>
absl::Status RefusedTensor(const std::string& name, const Words&... words) {
  return Refused(absl::StrCat("tensor ", Quoted(name), " ", words...));
}

// What one tensor's object has said so far.
struct Description {
  std::optional<std::string> dtype;
  std::optional<std::vector<uint64_t>> shape, data_offsets;
};

absl::StatusOr<ElementType> TypeNamed(const std::string& name, const std::string& dtype) {
  for (size_t i = 0; i < std::size(kTraits); ++i) {
    if (dtype == kTraits[i].name) return static_cast<ElementType>(i);
  }
  return RefusedTensor(name, "is of type ", Quoted(dtype), "; F64, F32, F16, BF16, I64 and U8 are read");
}

absl::StatusOr<TensorPlace> PlaceOf(const std::string& name, const Description& d) {
  if (!d.dtype) return RefusedTensor(name, "has no dtype");
  if (!d.shape) return RefusedTensor(name, "has no shape");
  if (!d.data_offsets) return RefusedTensor(name, "has no data_offsets");
  const absl::StatusOr<ElementType> type = TypeNamed(name, *d.dtype);
  if (!type.ok()) return type.status();
  TensorPlace place = {*type, Shape(d.shape->begin(), d.shape->end()), d.data_offsets->at(0), d.data_offsets->at(1)};
  // Beside an extent of 0 the others count too, for they become strides.
  uint64_t size = TraitsOf(*type).bytes;
  for (const uint64_t extent : *d.shape) {
    if (__builtin_mul_overflow(size, std::max<uint64_t>(extent, 1), &size) ||
        size > std::numeric_limits<int64_t>::max()) {
      return RefusedTensor(name, "has more elements than can be counted");
    }
  }
  if (std::count(d.shape->begin(), d.shape->end(), 0) > 0) size = 0;
  if (place.begin > place.end) return RefusedTensor(name, "ends before it begins");
  if (place.end - place.begin != size) {
    return RefusedTensor(name, "has ", place.end - place.begin, " bytes, its type and shape want ", size);
  }
  return place;
}

// Takes the header word by word; the first that is not in its place stops the parser.
class Reader : public json::json_sax_t {
 public:
  SafeTensorsHeader header;
  absl::Status status;

  bool null() override { return Misplaced(); }
  bool boolean(bool) override { return Misplaced(); }
  bool number_integer(int64_t) override { return Misplaced(); }  // a negative one
  bool number_float(double, const std::string&) override { return Misplaced(); }
  bool binary(json::binary_t&) override { return Misplaced(); }

  bool number_unsigned(uint64_t number) override {
    if (depth_ != kInList) return Misplaced();
    if (key_ == "shape" && list_->size() == kMostExtents) {
      return Stop(RefusedTensor(name_, "has more than ", kMostExtents, " extents"));
    }
    list_->push_back(number);
    return key_ == "shape" || list_->size() <= 2 || Misplaced();
  }

  bool string(std::string& text) override {
    if (depth_ != kInTensor || (!in_metadata_ && key_ != "dtype")) return Misplaced();
    (in_metadata_ ? header.metadata[key_] : *tensor_.dtype) = std::move(text);
    return true;
  }

  bool start_object(size_t) override {
    if (depth_ >= kInTensor) return Misplaced();
    ++depth_;
    return true;
  }

  bool key(std::string& name) override {
    bool is_new = true;
    if (depth_ == kInHeader) {
      in_metadata_ = name == kMetadataName;
      is_new = in_metadata_ ? !std::exchange(had_metadata_, true) : header.tensors.count(name) == 0;
      tensor_ = {};
    } else if (in_metadata_) {
      is_new = header.metadata.count(name) == 0;
    } else if (name == "dtype") {
      is_new = !std::exchange(tensor_.dtype, "").has_value();
    } else if (name == "shape" || name == "data_offsets") {
      auto& list = name == "shape" ? tensor_.shape : tensor_.data_offsets;
      is_new = !list.has_value();
      list_ = &list.emplace();
    } else {
      return Stop(RefusedTensor(name_, "has more than dtype, shape and data_offsets"));
    }
    (depth_ == kInHeader ? name_ : key_) = name;
    return is_new || Stop(Refused(absl::StrCat("its header names ", Quoted(name), " twice")));
  }

  bool end_object() override {
    if (--depth_ != kInHeader || in_metadata_) return true;
    absl::StatusOr<TensorPlace> place = PlaceOf(name_, tensor_);
    if (!place.ok()) return Stop(place.status());
    header.tensors.emplace(name_, *std::move(place));
    return true;
  }

  bool start_array(size_t) override {
    if (depth_ != kInTensor || in_metadata_ || key_ == "dtype") return Misplaced();
    ++depth_;
    return true;
  }

  bool end_array() override {
    --depth_;
    return key_ == "shape" || list_->size() == 2 || Misplaced();
  }

  bool parse_error(size_t, const std::string&, const nlohmann::detail::exception&) override {
    return Stop(Refused("its header is not a JSON object"));
  }

 private:
  enum Depth { kOutside, kInHeader, kInTensor, kInList };  // metadata is where a tensor would be

  bool Stop(absl::Status reason) {
    status = std::move(reason);
    return false;
  }

  // Of a value where another kind of value belongs.
  bool Misplaced() {
    if (depth_ == kOutside) return Stop(Refused("its header is not a JSON object"));
    if (in_metadata_ && depth_ == kInHeader) return Stop(Refused("its metadata is not an object"));
    if (in_metadata_) return Stop(Refused(absl::StrCat("its metadata ", Quoted(key_), " is not text")));
    if (depth_ == kInHeader) return Stop(RefusedTensor(name_, "is not described by an object"));
    if (key_ == "dtype") return Stop(RefusedTensor(name_, "has a dtype that is not text"));
    if (key_ == "data_offsets") {
      return Stop(RefusedTensor(name_, "has data_offsets that are not two whole numbers"));
    }
    return Stop(RefusedTensor(
        name_, depth_ == kInList ? "has an extent that is not a whole number" : "has a shape that is not a list"));
  }

  int depth_ = kOutside;
  bool in_metadata_ = false, had_metadata_ = false;
  std::string name_, key_;  // of the object at hand, and the last one within it
  Description tensor_;
  std::vector<uint64_t>* list_ = nullptr;  // of tensor_
};

// Whether the tensors, in order of place, cover all `bytes` behind the header, each byte once.
absl::Status CheckCover(const std::map<std::string, TensorPlace>& tensors, uint64_t bytes) {
  std::vector<const std::pair<const std::string, TensorPlace>*> in_order;
  for (const auto& tensor : tensors) in_order.push_back(&tensor);
  std::sort(in_order.begin(), in_order.end(), [](const auto* a, const auto* b) {
    return std::pair(a->second.begin, a->second.end) < std::pair(b->second.begin, b->second.end);
  });
  uint64_t covered = 0;
  for (const auto* tensor : in_order) {
    const auto& [name, place] = *tensor;
    if (place.begin < covered) return RefusedTensor(name, "overlaps the one before it");
    if (place.begin > covered) return RefusedTensor(name, "leaves a gap of ", place.begin - covered, " bytes");
    covered = place.end;
  }
  if (covered > bytes) return Refused(absl::StrCat("it is cut off: ", covered - bytes, " bytes are missing"));
  if (covered < bytes) return Refused(absl::StrCat(bytes - covered, " bytes at its end belong to no tensor"));
  return absl::OkStatus();
}

}  // namespace

const ElementTypeTraits& TraitsOf(ElementType type) { return kTraits[static_cast<int>(type)]; }

absl::StatusOr<SafeTensorsHeader> ParseSafeTensorsHeader(std::string_view text, uint64_t data_bytes) {
  if (text.empty() || text[0] != '{') return Refused("its header does not begin with '{'");
  // The parser takes a zero for the end of the text.
  if (text.find('\0') != text.npos) return Refused("its header is not a JSON object");
  Reader reader;
  json::sax_parse(text.begin(), text.end(), &reader);
  if (!reader.status.ok()) return reader.status;
  if (absl::Status status = CheckCover(reader.header.tensors, data_bytes); !status.ok()) return status;
  return std::move(reader.header);
}

}  // namespace dl
