// A model's weights as a file that others can load.
#ifndef MODULES_TRANSFER_SAVE_WEIGHTS_H_
#define MODULES_TRANSFER_SAVE_WEIGHTS_H_

#include <string>

#include "absl/status/status.h"
#include "modules/backprop/layer.h"

namespace dl {

// Writes the parameters and buffers of `model` under their names into a safetensors file, whole or not at all. Errors
// are WriteFile's (base/file.h).
absl::Status SaveWeights(const Layer& model, const std::string& path);

}  // namespace dl

#endif  // MODULES_TRANSFER_SAVE_WEIGHTS_H_
