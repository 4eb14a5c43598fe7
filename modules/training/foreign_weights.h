// Files of weights that we do not open, recognised by what is in them, whatever they are called.
#ifndef MODULES_TRAINING_FOREIGN_WEIGHTS_H_
#define MODULES_TRAINING_FOREIGN_WEIGHTS_H_

#include <string>
#include <string_view>

namespace dl {

// What the file `name` with this content is, and what to type for a safetensors file of it, in one line; empty where it
// is none of: pickle, zip (as PyTorch writes it), .keras, HDF5, ONNX, a pointer of Git LFS.
std::string ForeignWeights(std::string_view bytes, const std::string& name);

}  // namespace dl

#endif  // MODULES_TRAINING_FOREIGN_WEIGHTS_H_
