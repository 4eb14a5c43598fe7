// Named tensors in a file: the safetensors format, which holds numbers and can hold nothing else.
//
// Eight bytes that say how long the header is, the header, a JSON object that says where each tensor's bytes lie, and
// those bytes, row-major and little-endian. (A pickle, by contrast, is a program that runs when it is opened.)
#ifndef MODULES_TRAINING_SAFETENSORS_H_
#define MODULES_TRAINING_SAFETENSORS_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "modules/primitives/tensor.h"

namespace dl {

// Whole numbers, which a Tensor does not hold, in row-major order.
template <typename T>
struct Numbers {
  Shape shape;
  std::vector<T> values;
};

// F32, F64 and BF16; F16, read only, becomes f32; I64; U8.
using StoredTensor = std::variant<Tensor, Numbers<int64_t>, Numbers<uint8_t>>;

struct SafeTensors {
  std::map<std::string, StoredTensor> tensors;
  std::map<std::string, std::string> metadata;
};

// The content of a file, `bytes`, validated in full: every byte belongs to the header or to one tensor. The numbers may
// be any, NaN and infinity too. `name` is the file's in messages. FailedPrecondition with the reason where the file is
// not valid (safetensors_header.h), holds a type that is not among those above, or is of another format: then it also
// says how to convert it (foreign_weights.h).
absl::StatusOr<SafeTensors> ParseSafeTensors(std::string_view bytes, const std::string& name);

// The same of the file at `path`; FailedPrecondition also where it cannot be read.
absl::StatusOr<SafeTensors> ReadSafeTensors(const std::string& path);

// Writes the file whole or not at all (base/file.h), tensors of wide elements first and then by name, so that each is
// aligned. Tensors in a blocked layout become plain; bytes of names and metadata that are not UTF-8 become U+FFFD. No
// tensor may be named "__metadata__". Errors are WriteFile's.
absl::Status WriteSafeTensors(const std::string& path, const SafeTensors& content);

}  // namespace dl

#endif  // MODULES_TRAINING_SAFETENSORS_H_
