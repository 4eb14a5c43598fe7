// Weights that others trained, into a model of ours, by the names of its layers.
#ifndef MODULES_TRANSFER_LOAD_WEIGHTS_H_
#define MODULES_TRANSFER_LOAD_WEIGHTS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "modules/backprop/layer.h"
#include "modules/training/safetensors.h"

namespace dl {

// Programs call their flags as these members are called; messages say "--strict=false".
struct LoadWeightsOptions {
  bool strict = true;       // refuse a file that is not exactly the model's; else load what fits
  std::string prefix = "";  // before each name in the file: "module.", as PyTorch's DataParallel writes it
};

// A tensor that is not what the model's tensor of that name is: "f32 [10, 64]" and "f32 [1000, 512]".
struct MismatchedWeight {
  std::string name, stored, wanted;
};

// What became of the model's parameters and buffers, by name and in the model's order, and of the file's tensors.
struct LoadWeightsReport {
  std::vector<std::string> loaded;
  std::vector<std::string> missing;          // the model has it, the file has not
  std::vector<std::string> unexpected;       // the file has it, the model has not: the file's name, with its prefix
  std::vector<MismatchedWeight> mismatched;  // both have it, but with another shape, or as whole numbers

  bool complete() const { return missing.empty() && unexpected.empty() && mismatched.empty(); }
};

// "62 fit, 2 missing ('fc.weight', 'fc.bias')": the first three of each kind, but for those loaded.
std::string ToString(const LoadWeightsReport& report);

// Gives `model` the weights of `file`: its parameters and buffers, by name, rounded or widened to the model's type and
// in its memory order. timm's names of VGG's dense layers are known beside torchvision's, and a dense layer
// [outputs, inputs] may be stored as the convolution [outputs, C, H, W] over all of its input. PyTorch's counter
// num_batches_tracked is passed over.
//
// FailedPrecondition, in one line, where a tensor that the model wants is not finite in the model's type; where
// anything is missing, unexpected or mismatched, if strict; and where nothing at all fits. Then the model is as it was.
absl::StatusOr<LoadWeightsReport> LoadWeights(Layer& model, const SafeTensors& file,
                                              const LoadWeightsOptions& options = {});

// The same of the file at `path`, which messages name. FailedPrecondition also where it cannot be read.
absl::StatusOr<LoadWeightsReport> LoadWeightsFile(Layer& model, const std::string& path,
                                                  const LoadWeightsOptions& options = {});

}  // namespace dl

#endif  // MODULES_TRANSFER_LOAD_WEIGHTS_H_
