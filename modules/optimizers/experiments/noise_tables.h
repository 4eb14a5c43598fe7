// The noise of gradients against the size of the batch, as tables.
#ifndef MODULES_OPTIMIZERS_EXPERIMENTS_NOISE_TABLES_H_
#define MODULES_OPTIMIZERS_EXPERIMENTS_NOISE_TABLES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "datasets/dataset.h"
#include "modules/backprop/layer.h"
#include "modules/training/table.h"

namespace dl {

struct NoiseTables {
  // The variance of a batch's gradient: measured on batches, and predicted, tr(Σ)/B, from single examples; |G|² beside.
  Table noise{{"moment", "seed", "batch_size", "variance", "predicted", "squared_norm"}};
  // Loss, |G|², tr(Σ), tr(Σ)/|G|², and the slope of the logarithm of the measured variance against that of the batch
  // size, which -1 is expected of.
  Table summary{{"moment", "train_loss_mean", "train_loss_std", "squared_norm_mean", "squared_norm_std", "trace_mean",
                 "trace_std", "noise_scale_mean", "noise_scale_std", "slope_mean", "slope_std", "n"}};
};

struct NoiseOptions {
  std::vector<int64_t> batch_sizes;  // two different ones at least
  int64_t examples;                  // drawn for each of them: examples / batch size batches, one at least
  std::vector<uint64_t> seeds;       // of the draws, one a model
};

// Adds what the models, all at one moment of their training, say of the gradient of their cross-entropy on `data`.
// Cancelled after Ctrl-C.
absl::Status AddNoise(const std::string& moment, absl::Span<Sequential> models, const Dataset& data,
                      const NoiseOptions& options, NoiseTables& tables);

}  // namespace dl

#endif  // MODULES_OPTIMIZERS_EXPERIMENTS_NOISE_TABLES_H_
