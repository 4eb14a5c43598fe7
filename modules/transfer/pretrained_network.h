// A network that others trained: its architecture by name, its weights from a file.
#ifndef MODULES_TRANSFER_PRETRAINED_NETWORK_H_
#define MODULES_TRANSFER_PRETRAINED_NETWORK_H_

#include <string>

#include "absl/status/statusor.h"
#include "modules/backprop/layer.h"
#include "modules/cnn/network_by_name.h"

namespace dl {

// The network `architecture`, one of NetworkNames(), for `task`, with the weights and statistics of the safetensors
// file at `path`. InvalidArgument where there is no such network or it has no place for the task's images;
// FailedPrecondition where the file is none, or its tensors are not exactly those of the network: it names the first
// that is missing, too much or of another shape.
absl::StatusOr<Sequential> PretrainedNetwork(const std::string& architecture, const NetworkTask& task,
                                             const std::string& path);

}  // namespace dl

#endif  // MODULES_TRANSFER_PRETRAINED_NETWORK_H_
