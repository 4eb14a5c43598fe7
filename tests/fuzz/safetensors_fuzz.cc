// Whatever a file of weights holds, it is read or refused in one line, and no model takes anything but numbers from it.
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "modules/backprop/mlp.h"
#include "modules/base/check.h"
#include "modules/primitives/finite.h"
#include "modules/training/safetensors.h"
#include "modules/transfer/load_weights.h"

namespace dl {
namespace {

void CheckRefusal(const absl::Status& status) {
  const absl::string_view message = status.message();
  DL_CHECK(status.code() == absl::StatusCode::kFailedPrecondition) << status;
  DL_CHECK(!message.empty() && message.size() < 1000) << "a message of " << message.size() << " bytes";
  for (const unsigned char c : message) DL_CHECK(c >= ' ' && c < 127) << "byte " << int{c} << " in: " << message;
}

void Load(const SafeTensors& file) {
  Random random(1);
  Sequential model = Mlp({2, 3, 1}, Elementwise::kReLU, random);
  const auto report = LoadWeights(model, file, {.strict = false});
  if (!report.ok()) CheckRefusal(report.status());
  for (const Variable& parameter : Variables(model)) DL_CHECK(AllFinite(parameter.value()));
}

void Read(std::string_view bytes) {
  const auto file = ParseSafeTensors(bytes, "file");
  if (!file.ok()) return CheckRefusal(file.status());
  uint64_t elements = 0;
  for (const auto& [name, stored] : file->tensors) {
    const Tensor* tensor = std::get_if<Tensor>(&stored);
    if (tensor != nullptr) elements += tensor->size();
  }
  DL_CHECK(elements <= bytes.size()) << elements << " elements from " << bytes.size() << " bytes";
  Load(*file);
}

// The same file with the length that its header has, so that what was put into the header is looked at.
void ReadRepaired(std::string bytes) {
  const size_t end = bytes.rfind('}');
  if (end == std::string::npos || end < 8) return;
  const uint64_t length = end + 1 - 8;
  std::memcpy(bytes.data(), &length, 8);
  Read(bytes);
}

}  // namespace
}  // namespace dl

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  dl::Read(bytes);
  dl::ReadRepaired(bytes);
  return 0;
}
