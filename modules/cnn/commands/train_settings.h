// All that a training run depends on, as flags: the network, the data, and how the one is to learn the other.
#ifndef MODULES_CNN_COMMANDS_TRAIN_SETTINGS_H_
#define MODULES_CNN_COMMANDS_TRAIN_SETTINGS_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "datasets/augmentation.h"
#include "modules/base/flags.h"
#include "modules/primitives/tensor.h"

namespace dl {

struct TrainSettings {
  std::string model = "small-cnn", dataset = "shapes";
  int64_t train_size = 0, test_size = 0;  // examples; 0 for the data set's own number
  int64_t image_size = 32;                // pixels a side, of a folder's pictures
  int64_t epochs = 10, batch_size = 64;
  std::string optimizer = "adam";  // or "recipe": the fast CIFAR network's own, whose schedule is "recipe" too
  double rate = 1e-3;              // the highest of the schedule
  std::string schedule = "constant";
  double weight_decay = 0;       // 0: what the optimizer does by itself
  double smoothing = 0;          // of the labels
  std::string augment = "none";  // see ParseAugmentation
  bool normalize = true;         // inputs, channel by channel; else pixels stay in [0, 1]
  double average_decay = 0;      // of a running mean of the weights; 0 for none
  std::string precision = "f32";
  int64_t views = 1;  // of each image, whose mean answer is tested: 1, or the 6 of multi_crop.h
  uint64_t seed = 1;  // of weights, order, augmentation and dropout

  void AddFlags(FlagSet& flags);
};

// The optimizer and schedule of that name.
inline constexpr char kRecipe[] = "recipe";

// How `model` is trained on `dataset` where nobody says otherwise. InvalidArgument on an unknown model, which names the
// nearest.
absl::StatusOr<TrainSettings> UsualSettings(const std::string& model, const std::string& dataset);

// The same where `optimizer`, which is not empty, was asked for by name: where it is not the model's usual one, it goes
// at its own typical rate, without weight decay.
absl::StatusOr<TrainSettings> UsualSettings(const std::string& model, const std::string& dataset,
                                            const std::string& optimizer);

// --threads where nobody says otherwise: 0, one a core, but 1 for networks that are too small to share.
int UsualThreads(const std::string& model);

// InvalidArgument names the first flag that cannot be, and what it wants.
absl::Status CheckTrainSettings(const TrainSettings& settings);

// Of settings that CheckTrainSettings allows.
DType PrecisionOf(const TrainSettings& settings);

// "optimizer:key=value" with the settings' weight decay, under the name that the optimizer has for it. InvalidArgument
// where it has none, or does not exist.
absl::StatusOr<std::string> OptimizerWithDecay(const TrainSettings& settings);

}  // namespace dl

#endif  // MODULES_CNN_COMMANDS_TRAIN_SETTINGS_H_
