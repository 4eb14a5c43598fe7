#include "modules/training/foreign_weights.h"

#include <filesystem>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace dl {
namespace {

bool StartsWith(std::string_view bytes, std::string_view with) { return bytes.substr(0, with.size()) == with; }

bool Contains(std::string_view bytes, std::string_view part) { return bytes.find(part) != std::string_view::npos; }

// A header's length below 2^32, and the header's brace: a safetensors file, however damaged. Without this the lengths
// that look like the marks below would be taken for them.
bool HasHeader(std::string_view bytes) {
  using std::string_view_literals::operator""sv;
  return bytes.size() > 8 && bytes.substr(4, 5) == "\0\0\0\0{"sv;
}

// PROTO and a version from 2 on; or the text of version 0 or 1, which ends with STOP.
bool IsPickle(std::string_view bytes) {
  if (bytes.size() >= 2 && bytes[0] == '\x80') return bytes[1] >= 2 && bytes[1] <= 5;
  const bool text = StartsWith(bytes, "(dp") || StartsWith(bytes, "(lp") || StartsWith(bytes, "ccollections\n") ||
                    StartsWith(bytes, "c__builtin__\n") || StartsWith(bytes, "ctorch") ||
                    StartsWith(bytes, "cposix\n") || StartsWith(bytes, "cos\n");
  return text && Contains(bytes, ".");
}

// A protocol buffer whose first field is the version, a small number, and whose next is a field of a model: names and
// versions of its producer, the graph or the operator sets.
bool IsOnnx(std::string_view bytes) {
  if (bytes.size() < 4 || bytes[0] != 8 || bytes[1] < 1 || bytes[1] > 32) return false;
  return Contains("\x12\x1a\x22\x28\x32\x3a\x42", bytes.substr(2, 1));
}

// Programs that write the weights of the file sys.argv[1] to the file sys.argv[2].
constexpr char kFromTorch[] =
    "import sys, torch, safetensors.torch as s; d = torch.load(sys.argv[1], map_location='cpu', weights_only=True); "
    "s.save_file({k: v.contiguous().clone() for k, v in d.get('state_dict', d).items()}, sys.argv[2])";
constexpr char kFromKeras[] =
    "import sys, keras, safetensors.numpy as s; s.save_file({w.path: w.numpy() for w in "
    "keras.models.load_model(sys.argv[1]).weights}, sys.argv[2])";
constexpr char kFromOnnx[] =
    "import sys, onnx, onnx.numpy_helper as n, safetensors.numpy as s; s.save_file({t.name: n.to_array(t).copy() for t "
    "in onnx.load(sys.argv[1]).graph.initializer}, sys.argv[2])";

std::string ShellWord(const std::string& text) {
  return absl::StrCat("'", absl::StrReplaceAll(text, {{"'", "'\\''"}}), "'");
}

// Beside the file, under another name than its own.
std::string Converted(const std::string& name) {
  const std::filesystem::path path = name;
  const bool taken = path.extension() == ".safetensors";
  return std::filesystem::path(path).replace_extension(taken ? ".converted.safetensors" : ".safetensors").string();
}

}  // namespace

std::string ForeignWeights(std::string_view bytes, const std::string& name) {
  const auto convert = [&](const std::string& kind, const char* program) {
    return absl::StrCat(kind, "; convert it: python3 -c \"", program, "\" ", ShellWord(name), " ",
                        ShellWord(Converted(name)));
  };
  if (HasHeader(bytes)) return "";
  if (IsPickle(bytes)) return convert("a pickle, which may run any program when it is opened", kFromTorch);
  if (StartsWith(bytes, "PK\x03\x04")) {
    // The names of what is in an archive stand in it as they are.
    if (Contains(bytes, "model.weights.h5")) return convert("a .keras archive", kFromKeras);
    return convert("a zip archive, as PyTorch writes it around a pickle", kFromTorch);
  }
  if (StartsWith(bytes, "\x89HDF\r\n\x1a\n")) return convert("HDF5, as Keras writes it", kFromKeras);
  if (IsOnnx(bytes)) return convert("an ONNX model", kFromOnnx);
  if (StartsWith(bytes, "version https://git-lfs")) {
    return "a pointer that Git LFS left in the place of the file; get the file: git lfs pull";
  }
  return "";
}

}  // namespace dl
