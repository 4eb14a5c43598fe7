// What the header of a safetensors file says: where each tensor's bytes lie.
//
//   {"__metadata__": {"model": "mlp"}, "w": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}}
//
// A file may come from anybody. It is read as it is parsed, so that it costs memory for what it says and not for what
// it looks like, and whatever is not exactly this form ends it.
#ifndef MODULES_TRAINING_SAFETENSORS_HEADER_H_
#define MODULES_TRAINING_SAFETENSORS_HEADER_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "modules/primitives/shape.h"

namespace dl {

enum class ElementType { kF64, kI64, kF32, kF16, kBF16, kU8 };

struct ElementTypeTraits {
  const char* name;  // in files
  uint64_t bytes;    // of one element
};
const ElementTypeTraits& TraitsOf(ElementType type);

// A tensor's bytes are those from `begin` to before `end`, counted from the end of the header.
struct TensorPlace {
  ElementType type;
  Shape shape;
  uint64_t begin, end;
};

struct SafeTensorsHeader {
  std::map<std::string, TensorPlace> tensors;
  std::map<std::string, std::string> metadata;
};

// The name in a header that is no tensor's.
inline constexpr char kMetadataName[] = "__metadata__";

// The header `text` of a file that has `data_bytes` bytes behind it, valid in full: no name comes twice, each tensor's
// type and shape want as many bytes as it has, and the tensors cover all of the data, each byte once.
// FailedPrecondition with the reason, "tensor 'w' overlaps the one before it", where it is not.
absl::StatusOr<SafeTensorsHeader> ParseSafeTensorsHeader(std::string_view text, uint64_t data_bytes);

}  // namespace dl

#endif  // MODULES_TRAINING_SAFETENSORS_HEADER_H_
