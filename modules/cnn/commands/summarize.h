// bazel run //modules/cnn -- summary: what each layer of a network makes, holds, costs and sees, and what training it
// takes.
#ifndef MODULES_CNN_COMMANDS_SUMMARIZE_H_
#define MODULES_CNN_COMMANDS_SUMMARIZE_H_

#include <string>
#include <vector>

#include "absl/status/status.h"

namespace dl {

// Tells on standard output of --model, for images of --image=CxHxW and --classes, those of --dataset or those that it
// was published for: the table of cnn/summary.h, totals, the memory and, unless the network is too large to be asked
// (--time=auto), the measured time of training on this machine. InvalidArgument on flags that make no sense, else
// LoadDataset's errors.
absl::Status Summarize(const std::vector<std::string>& arguments);

}  // namespace dl

#endif  // MODULES_CNN_COMMANDS_SUMMARIZE_H_
