#include "modules/cnn/commands/trained_network.h"

#include <filesystem>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "modules/base/file.h"
#include "modules/cnn/network_by_name.h"
#include "modules/primitives/reorder.h"
#include "modules/training/checkpoint.h"
#include "modules/training/multi_crop.h"
#include "nlohmann/json.hpp"

namespace dl {
namespace {

// A record in the types that flags have.
struct RecordFlags {
  explicit RecordFlags(NetworkRecord* record) {
    record->settings.AddFlags(flags);
    image.assign(record->image.begin(), record->image.end());
    class_names = nlohmann::json(record->class_names).dump();
    flags.Add("image", &image, "");
    flags.Add("class_names", &class_names, "");
    flags.Add("mean", &record->normalization.mean, "");
    flags.Add("deviation", &record->normalization.deviation, "");
    flags.Add("train_data", &record->fingerprint, "");
  }

  FlagSet flags{""};
  std::vector<int64_t> image;
  std::string class_names;  // JSON
};

bool IsUsable(const NetworkRecord& record) {
  const size_t channels = record.image.empty() ? 0 : static_cast<size_t>(record.image[0]);
  return channels > 0 && !record.class_names.empty() && record.normalization.mean.size() == channels &&
         record.normalization.deviation.size() == channels;
}

}  // namespace

std::map<std::string, std::string> NetworkRecord::ToText() const {
  NetworkRecord copy = *this;
  return RecordFlags(&copy).flags.Values();
}

absl::StatusOr<NetworkRecord> NetworkRecord::FromText(const std::string& path,
                                                      const std::map<std::string, std::string>& text) {
  NetworkRecord record;
  RecordFlags values(&record);
  std::vector<std::string> arguments;
  bool complete = text.size() == values.flags.Values().size();
  for (const auto& [name, value] : text) arguments.push_back(absl::StrCat("--", name, "=", value));
  complete = complete && values.flags.Parse(arguments).ok();
  record.image.assign(values.image.begin(), values.image.end());
  const auto names = nlohmann::json::parse(values.class_names, nullptr, /*allow_exceptions=*/false);
  for (const auto& name : names) {
    if (name.is_string()) record.class_names.push_back(name);
  }
  if (complete && IsUsable(record)) return record;
  return absl::FailedPreconditionError(absl::StrCat(
      path, " cannot be used: its settings are not those of a network that `bazel run //modules/cnn -- train` saved"));
}

NetworkRecord MakeRecord(const TrainSettings& settings, const Dataset& train) {
  const auto channels = static_cast<size_t>(train.example_shape[0]);
  const Normalization normalization =
      settings.normalize ? ChannelNormalization(train)
                         : Normalization{std::vector<float>(channels, 0), std::vector<float>(channels, 1)};
  return {settings, train.example_shape, train.class_names, normalization, Fingerprint(train)};
}

std::string CheckpointPath(const std::string& path) {
  const std::filesystem::path place = UserPath(path);
  std::error_code ignored;
  return std::filesystem::is_regular_file(place, ignored) ? place.string() : (place / "last.safetensors").string();
}

absl::StatusOr<NetworkRecord> ReadRecord(const std::string& path) {
  const std::string file = CheckpointPath(path);
  if (std::error_code ignored; !std::filesystem::exists(file, ignored)) {
    return absl::FailedPreconditionError(
        absl::StrCat("there is no checkpoint ", file, "; `bazel run //modules/cnn -- train` makes one"));
  }
  const absl::StatusOr<Checkpoint> checkpoint = ReadCheckpoint(file);
  if (!checkpoint.ok()) return checkpoint.status();
  return NetworkRecord::FromText(file, checkpoint->settings);
}

absl::StatusOr<TrainedNetwork> LoadTrainedNetwork(const std::string& path) {
  absl::StatusOr<NetworkRecord> record = ReadRecord(path);
  if (!record.ok()) return record.status();
  Random random(0);
  absl::StatusOr<Sequential> net =
      NetworkByName(record->settings.model, {.image = record->image, .classes = record->num_classes()}, random);
  if (!net.ok()) return absl::FailedPreconditionError(absl::StrCat(path, ": ", std::string(net.status().message())));
  if (absl::Status status = LoadModel(CheckpointPath(path), *net); !status.ok()) return status;
  return TrainedNetwork{*std::move(record), *std::move(net)};
}

absl::Status CheckViews(int64_t views, const Shape& image) {
  if (views == 1 || (image.size() == 3 && image[1] > 1 && image[2] > 1)) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("--views=", views,
                                                 " wants images of 2 by 2 pixels or more, and these ", "are ",
                                                 ToString(image), ": take --views=1"));
}

absl::Status CheckExamples(const NetworkRecord& record, const Dataset& data) {
  if (data.example_shape != record.image) {
    return absl::InvalidArgumentError(absl::StrCat("the network reads examples of ", ToString(record.image), ", and ",
                                                   data.name, " has ", ToString(data.example_shape),
                                                   ": choose another --dataset or --image_size"));
  }
  if (data.class_names != record.class_names) {
    return absl::InvalidArgumentError(absl::StrCat("the network tells apart ", absl::StrJoin(record.class_names, ", "),
                                                   ", and ", data.name, " has ", absl::StrJoin(data.class_names, ", "),
                                                   ": choose another --dataset"));
  }
  return CheckViews(record.settings.views, data.example_shape);
}

absl::StatusOr<Predictions> PredictAs(const NetworkRecord& record, Layer& net, const Dataset& data) {
  MultiCrop views(net);
  Layer& asked = record.settings.views == 6 ? static_cast<Layer&>(views) : net;
  const DType precision = PrecisionOf(record.settings);
  return Predict([&](const Tensor& x) { return asked.Forward(AsInput(x, precision), {}).value(); }, data,
                 record.normalization);
}

}  // namespace dl
