// CIFAR-10 (Krizhevsky, "Learning multiple layers of features from tiny images", 2009), its binary version.
//
// data_batch_1.bin to data_batch_5.bin and test_batch.bin hold 10,000 examples each: one byte of label, then the red,
// the green and the blue plane of 32 by 32 bytes; nothing else.
#ifndef DATASETS_CIFAR10_H_
#define DATASETS_CIFAR10_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "datasets/dataset.h"

namespace dl {

// The ten classes in the order of their labels, which is that of their names.
const std::vector<std::string>& Cifar10Classes();

// The 50,000 and 10,000 examples [3, 32, 32], in the files' order, which the authors have shuffled. `path` is the
// folder of those files (cifar-10-batches-bin) or an archive of it (cifar-10-binary.tar.gz). NotFound where one is
// missing; DataLoss where one is of another size or has a label above 9, or the archive is damaged.
absl::StatusOr<TrainTest> ReadCifar10(const std::string& path);

}  // namespace dl

#endif  // DATASETS_CIFAR10_H_
