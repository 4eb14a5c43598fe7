// bazel run //modules/transfer -- predict: what a network with published weights says to inputs or to photos.
#ifndef MODULES_TRANSFER_COMMANDS_PREDICT_H_
#define MODULES_TRANSFER_COMMANDS_PREDICT_H_

#include <string>
#include <vector>

#include "absl/status/status.h"

namespace dl {

// Loads --weights into --arch, and answers either
//   --input=FILE --output=FILE: safetensors files; the tensor `input` [N, C, H, W], ready for the network, becomes
//     `logits` [N, K];
//   --images=FOLDER: the photos in a folder or archive, shown as ImageNet's are (datasets/imagenet_view.h; for 32x32
//     images without a margin); the five likeliest classes of each, with their probabilities, on standard output, under
//     the names of --labels, a line a class, or their numbers.
// K is --classes, else the number of labels, else as many as the network was published for. InvalidArgument on flags
// that make no sense, DataLoss and NotFound on inputs, photos and labels, FailedPrecondition on weights.
absl::Status PredictCommand(const std::vector<std::string>& arguments);

}  // namespace dl

#endif  // MODULES_TRANSFER_COMMANDS_PREDICT_H_
