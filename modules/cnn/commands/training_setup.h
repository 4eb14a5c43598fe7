// From the settings of a run to what TrainClassifier takes: the network, the optimizer and the options.
#ifndef MODULES_CNN_COMMANDS_TRAINING_SETUP_H_
#define MODULES_CNN_COMMANDS_TRAINING_SETUP_H_

#include <cstdint>
#include <memory>

#include "absl/status/statusor.h"
#include "datasets/dataset.h"
#include "datasets/normalization.h"
#include "modules/backprop/layer.h"
#include "modules/cnn/commands/train_settings.h"
#include "modules/optimizers/optimizer.h"
#include "modules/training/classifier.h"

namespace dl {

// All settings are such that CheckTrainSettings allows them.

// The network of the settings for the examples of `train`, normalized so, as it starts. Errors are NetworkByName's.
absl::StatusOr<Sequential> NetworkOf(const TrainSettings& settings, const Dataset& train,
                                     const Normalization& normalization);

// Of all that `net`, which is the settings' model, learns. batch_size <= train_size.
absl::StatusOr<std::unique_ptr<Optimizer>> OptimizerOf(const TrainSettings& settings, const Layer& net,
                                                       int64_t train_size);

// Without checkpoints.
TrainOptions TrainOptionsOf(const TrainSettings& settings);

}  // namespace dl

#endif  // MODULES_CNN_COMMANDS_TRAINING_SETUP_H_
