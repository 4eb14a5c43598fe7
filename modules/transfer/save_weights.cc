#include "modules/transfer/save_weights.h"

#include "modules/training/safetensors.h"

namespace dl {

absl::Status SaveWeights(const Layer& model, const std::string& path) {
  SafeTensors file;
  for (const auto& all : {model.Parameters(), model.Buffers()}) {
    for (const Parameter& parameter : all) file.tensors[parameter.name] = parameter.variable.value();
  }
  return WriteSafeTensors(path, file);
}

}  // namespace dl
