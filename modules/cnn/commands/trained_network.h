// A network that `train` has saved, with all that is needed to use it: what it reads, and what its answers mean.
#ifndef MODULES_CNN_COMMANDS_TRAINED_NETWORK_H_
#define MODULES_CNN_COMMANDS_TRAINED_NETWORK_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "datasets/dataset.h"
#include "datasets/normalization.h"
#include "modules/backprop/layer.h"
#include "modules/cnn/commands/train_settings.h"
#include "modules/training/predictions.h"

namespace dl {

// What a run was told and what its training set says: the settings of its checkpoint.
struct NetworkRecord {
  TrainSettings settings;
  Shape image;  // of an example
  std::vector<std::string> class_names;
  Normalization normalization;  // of the inputs
  std::string fingerprint;      // of the training set

  int64_t num_classes() const { return static_cast<int64_t>(class_names.size()); }

  // For CheckpointOptions, and back; FailedPrecondition where `text`, the settings of the checkpoint at `path`, lacks
  // one of them.
  std::map<std::string, std::string> ToText() const;
  static absl::StatusOr<NetworkRecord> FromText(const std::string& path,
                                                const std::map<std::string, std::string>& text);
};

// Of a run with these settings on this training set.
NetworkRecord MakeRecord(const TrainSettings& settings, const Dataset& train);

// The last checkpoint of the run in folder `path`, or `path` itself where it is a file.
std::string CheckpointPath(const std::string& path);

// The record alone. FailedPrecondition where there is no checkpoint or none of `train`.
absl::StatusOr<NetworkRecord> ReadRecord(const std::string& path);

struct TrainedNetwork {
  NetworkRecord record;
  Sequential net;
};

// The network, to be evaluated; where the run averaged its weights, of those. Errors as of ReadRecord.
absl::StatusOr<TrainedNetwork> LoadTrainedNetwork(const std::string& path);

// InvalidArgument where `views` of images [C, H, W] are six and those images are points, or one pixel high or wide.
absl::Status CheckViews(int64_t views, const Shape& image);

// InvalidArgument where `data` are not what the network reads and tells apart, or have not as many views.
absl::Status CheckExamples(const NetworkRecord& record, const Dataset& data);

// The answers of `net` to `data`, which CheckExamples allows, in the precision and with the views of the settings.
absl::StatusOr<Predictions> PredictAs(const NetworkRecord& record, Layer& net, const Dataset& data);

}  // namespace dl

#endif  // MODULES_CNN_COMMANDS_TRAINED_NETWORK_H_
