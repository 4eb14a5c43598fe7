#include "modules/transfer/pretrained_network.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "modules/primitives/reorder.h"
#include "modules/training/safetensors.h"

namespace dl {
namespace {

constexpr char kBatchesTracked[] = "num_batches_tracked";  // PyTorch counts them and, by default, does not look

// Moves the tensor of that name from `file` into `variable`.
absl::Status Take(const std::string& name, SafeTensors& file, Variable& variable) {
  const auto found = file.tensors.find(name);
  if (found == file.tensors.end()) return absl::FailedPreconditionError(absl::StrCat("it has no tensor ", name));
  const auto* tensor = std::get_if<Tensor>(&found->second);
  if (tensor == nullptr || tensor->shape() != variable.shape()) {
    return absl::FailedPreconditionError(
        absl::StrCat("its ", name, " is ", tensor == nullptr ? "of whole numbers" : ToString(tensor->shape()),
                     ", the network's is ", ToString(variable.shape())));
  }
  variable.mutable_value() = Cast(*tensor, DType::kF32);
  file.tensors.erase(found);
  return absl::OkStatus();
}

absl::Status Fill(SafeTensors file, const Layer& network) {
  for (const auto& all : {network.Parameters(), network.Buffers()}) {
    for (Parameter parameter : all) {
      if (absl::Status status = Take(parameter.name, file, parameter.variable); !status.ok()) return status;
    }
  }
  for (const auto& [name, tensor] : file.tensors) {
    if (!absl::EndsWith(name, kBatchesTracked)) {
      return absl::FailedPreconditionError(absl::StrCat("the network has no tensor ", name, ", which it holds"));
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Sequential> PretrainedNetwork(const std::string& architecture, const NetworkTask& task,
                                             const std::string& path) {
  Random random(0);
  absl::StatusOr<Sequential> network = NetworkByName(architecture, task, random);
  if (!network.ok()) return network.status();
  absl::StatusOr<SafeTensors> file = ReadSafeTensors(path);
  if (!file.ok()) return file.status();
  if (absl::Status status = Fill(*std::move(file), *network); !status.ok()) {
    return absl::FailedPreconditionError(absl::StrCat(path, " does not fit ", architecture, ": ",
                                                      std::string(status.message()),
                                                      "; give the architecture that it was trained as"));
  }
  return network;
}

}  // namespace dl
