#include "modules/training/foreign_weights.h"

#include "absl/strings/str_cat.h"

namespace dl {
namespace {

bool StartsWith(std::string_view bytes, std::string_view with) { return bytes.substr(0, with.size()) == with; }

// PROTO and a version from 2 on; or the text of version 0 or 1, which ends with STOP.
bool IsPickle(std::string_view bytes) {
  if (bytes.size() >= 2 && bytes[0] == '\x80') return bytes[1] >= 2 && bytes[1] <= 5;
  const bool text = StartsWith(bytes, "(dp") || StartsWith(bytes, "(lp") || StartsWith(bytes, "ccollections\n") ||
                    StartsWith(bytes, "c__builtin__\n") || StartsWith(bytes, "ctorch");
  return text && bytes.find('.') != std::string_view::npos;
}

// A protocol buffer whose first field is the version, a small number, and whose next is a field of a model: names and
// versions of its producer, the graph or the operator sets.
bool IsOnnx(std::string_view bytes) {
  if (bytes.size() < 4 || bytes[0] != 8 || bytes[1] < 1 || bytes[1] > 32) return false;
  return std::string_view("\x12\x1a\x22\x28\x32\x3a\x42").find(bytes[2]) != std::string_view::npos;
}

}  // namespace

std::string ForeignWeights(std::string_view bytes, const std::string& name) {
  const std::string target = absl::StrCat("'", name.substr(0, name.rfind('.')), ".safetensors'");
  const auto python = [](const std::string& program) {
    return absl::StrCat("; convert it: python3 -c \"", program, "\"");
  };
  const std::string torch = python(absl::StrCat(
      "import torch, safetensors.torch as s; s.save_file({k: v.contiguous().clone() for k, v in torch.load('", name,
      "', map_location='cpu', weights_only=True).items()}, ", target, ")"));
  if (IsPickle(bytes)) return absl::StrCat("a pickle, which may run any program when it is opened", torch);
  if (StartsWith(bytes, "PK\x03\x04")) {
    return absl::StrCat("a zip archive, as PyTorch writes it around a pickle", torch);
  }
  if (StartsWith(bytes, "\x89HDF\r\n\x1a\n")) {
    return absl::StrCat(
        "HDF5, as Keras writes it",
        python(absl::StrCat("import keras, safetensors.numpy as s; s.save_file({w.path: w.numpy() for w in "
                            "keras.models.load_model('", name, "').weights}, ", target, ")")));
  }
  if (IsOnnx(bytes)) {
    return absl::StrCat(
        "an ONNX model",
        python(absl::StrCat("import onnx, onnx.numpy_helper as n, safetensors.numpy as s; s.save_file({t.name: "
                            "n.to_array(t).copy() for t in onnx.load('",
                            name, "').graph.initializer}, ", target, ")")));
  }
  return "";
}

}  // namespace dl
