#include "modules/training/checkpoint.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "modules/optimizers/weight_average.h"
#include "modules/training/safetensors.h"

namespace dl {
namespace {

constexpr const char kFormat[] = "deep_learning checkpoint 1", kFormatKey[] = "format";
const std::string kSetting = "setting.", kRun = "run.";

constexpr int64_t kColumns = 4;  // of run.epochs

Tensor ToTensor(const std::vector<EpochMetrics>& epochs) {
  Tensor table({static_cast<int64_t>(epochs.size()), kColumns}, DType::kF64);
  double* row = table.mutable_data_f64();
  for (const EpochMetrics& e : epochs) {
    row = std::copy_n(std::vector{e.train.loss, e.train.accuracy, e.test.loss, e.test.accuracy}.data(), kColumns, row);
  }
  return table;
}

std::vector<EpochMetrics> FromTensor(const Tensor& table) {
  std::vector<EpochMetrics> epochs;
  for (int64_t i = 0; i < table.dim(0); ++i) {
    const double* row = table.data_f64() + i * kColumns;
    epochs.push_back({i + 1, {row[0], row[1]}, {row[2], row[3]}});
  }
  return epochs;
}

// Takes the values of a file by name, and remembers the first that is not as it should be.
class Taker {
 public:
  explicit Taker(SafeTensors& file) : file_(file) {}

  // As many whole numbers as `count`, zeros where they are not there.
  std::vector<int64_t> Take(const std::string& name, int64_t count) {
    const auto* numbers = Find<Numbers<int64_t>>(name);
    const bool fits = numbers != nullptr && static_cast<int64_t>(numbers->values.size()) == count;
    const std::vector<int64_t> values = fits ? numbers->values : std::vector<int64_t>(count);
    if (!fits) Refuse(name);
    file_.tensors.erase(name);
    return values;
  }

  // A zero where it is not there.
  Tensor TakeF64(const std::string& name, const Shape& shape) {
    const auto* found = Find<Tensor>(name);
    const bool fits = found != nullptr && found->dtype() == DType::kF64 && found->shape() == shape;
    const Tensor tensor = fits ? *found : Tensor::Scalar(0, DType::kF64);
    if (!fits) Refuse(name);
    file_.tensors.erase(name);
    return tensor;
  }

  void Refuse(const std::string& name) {
    if (!status_.ok()) return;
    status_ = absl::FailedPreconditionError(absl::StrCat(name, " is missing or not what it should be"));
  }

  const absl::Status& status() const { return status_; }

 private:
  template <typename T>
  const T* Find(const std::string& name) {
    const auto found = file_.tensors.find(name);
    return found == file_.tensors.end() ? nullptr : std::get_if<T>(&found->second);
  }

  SafeTensors& file_;
  absl::Status status_;
};

absl::StatusOr<Checkpoint> FromFile(SafeTensors file) {
  if (file.metadata[kFormatKey] != kFormat) {
    return absl::FailedPreconditionError("no run wrote it: it holds weights only");
  }
  Checkpoint c;
  for (const auto& [key, value] : file.metadata) {
    if (key.rfind(kSetting, 0) == 0) c.settings[key.substr(kSetting.size())] = value;
  }
  Taker taker(file);
  const auto random = taker.Take(kRun + "random", 3);
  c.random = Random(Random::State{static_cast<uint64_t>(random[0]), static_cast<uint64_t>(random[1]),
                                  static_cast<uint64_t>(random[2])});
  const auto position = taker.Take(kRun + "position", 2);
  c.epoch = position[0];
  c.batch = position[1];
  const auto counted = taker.Take(kRun + "counted", 2);
  c.mean = {taker.TakeF64(kRun + "loss", {}).item(), counted[0], counted[1]};
  if (c.epoch < 0 || c.batch < 0) taker.Refuse(kRun + "position");
  const Tensor epochs = taker.TakeF64(kRun + "epochs", {c.epoch, kColumns});
  for (auto& [name, stored] : file.tensors) {
    if (const auto* numbers = std::get_if<Numbers<int64_t>>(&stored); numbers != nullptr && numbers->shape.empty()) {
      c.state.counts[name] = numbers->values[0];
    } else if (auto* tensor = std::get_if<Tensor>(&stored)) {
      c.state.tensors[name] = std::move(*tensor);
    } else {
      taker.Refuse(name);
    }
  }
  if (!taker.status().ok()) return taker.status();
  c.epochs = FromTensor(epochs);
  return c;
}

absl::Status About(const std::string& path, const absl::Status& status) {
  return absl::FailedPreconditionError(absl::StrCat(path, " cannot be used: ", std::string(status.message())));
}

}  // namespace

void ModelState::VisitState(const std::string& prefix, StateVisitor& visitor) {
  for (const auto& all : {model_.Parameters(), model_.Buffers()}) {
    for (Parameter parameter : all) {
      visitor.Array(prefix + parameter.name, parameter.variable.mutable_value(), parameter.variable.value());
    }
  }
}

absl::Status WriteCheckpoint(const std::string& path, const Checkpoint& checkpoint) {
  SafeTensors file;
  file.metadata[kFormatKey] = kFormat;
  for (const auto& [key, value] : checkpoint.settings) file.metadata[kSetting + key] = value;
  for (const auto& [name, count] : checkpoint.state.counts) file.tensors[name] = Numbers<int64_t>{{}, {count}};
  for (const auto& [name, tensor] : checkpoint.state.tensors) file.tensors[name] = tensor;
  const Random::State random = checkpoint.random.state();
  const auto row = [](std::vector<int64_t> values) {
    const auto n = static_cast<int64_t>(values.size());
    return Numbers<int64_t>{{n}, std::move(values)};
  };
  file.tensors[kRun + "random"] = row({static_cast<int64_t>(random.seed), static_cast<int64_t>(random.stream),
                                       static_cast<int64_t>(random.given)});
  file.tensors[kRun + "position"] = row({checkpoint.epoch, checkpoint.batch});
  file.tensors[kRun + "counted"] = row({checkpoint.mean.correct, checkpoint.mean.examples});
  file.tensors[kRun + "loss"] = Tensor::Scalar(checkpoint.mean.loss, DType::kF64);
  file.tensors[kRun + "epochs"] = ToTensor(checkpoint.epochs);
  return WriteSafeTensors(path, file);
}

absl::StatusOr<Checkpoint> ReadCheckpoint(const std::string& path) {
  absl::StatusOr<SafeTensors> file = ReadSafeTensors(path);
  if (!file.ok()) return file.status();
  absl::StatusOr<Checkpoint> checkpoint = FromFile(*std::move(file));
  if (!checkpoint.ok()) return About(path, checkpoint.status());
  return checkpoint;
}

absl::Status CheckSettings(const std::string& path, const std::map<std::string, std::string>& written,
                           const std::map<std::string, std::string>& settings) {
  std::set<std::string> keys;
  for (const auto& map : {written, settings}) {
    for (const auto& setting : map) keys.insert(setting.first);
  }
  const auto value = [](const std::map<std::string, std::string>& map, const std::string& key) {
    return map.count(key) > 0 ? map.at(key) : "nothing";
  };
  std::vector<std::string> differences;
  for (const std::string& key : keys) {
    const std::string then = value(written, key), now = value(settings, key);
    if (then != now) differences.push_back(absl::StrCat(key, " ", then, " (now ", now, ")"));
  }
  if (differences.empty()) return absl::OkStatus();
  return About(path, absl::FailedPreconditionError(absl::StrCat("its run had other settings: ",
                                                                absl::StrJoin(differences, ", "),
                                                                "; give the same ones, or begin anew")));
}

absl::Status LoadModel(const std::string& path, Layer& model) {
  const absl::StatusOr<Checkpoint> checkpoint = ReadCheckpoint(path);
  if (!checkpoint.ok()) return checkpoint.status();
  const State& state = checkpoint->state;
  ModelState weights(model);
  if (absl::Status status = SetState("model.", state, weights); !status.ok()) return About(path, status);
  const auto averages = state.tensors.lower_bound("average.");
  if (averages == state.tensors.end() || averages->first.rfind("average.", 0) != 0) return absl::OkStatus();
  WeightAverage average(Variables(model), 0);
  if (absl::Status status = SetState("average.", state, average); !status.ok()) return About(path, status);
  average.Swap();
  return absl::OkStatus();
}

}  // namespace dl
