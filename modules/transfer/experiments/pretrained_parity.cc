#include "modules/transfer/experiments/pretrained_parity.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "datasets/catalog.h"
#include "datasets/imagenet_view.h"
#include "datasets/sha256.h"
#include "modules/base/file.h"
#include "modules/cnn/network_by_name.h"
#include "modules/training/accuracy.h"
#include "modules/training/flag_checks.h"
#include "modules/training/safetensors.h"
#include "modules/transfer/load_weights.h"
#include "modules/transfer/logits.h"
#include "datasets/pretrained_folder.h"
#include "modules/transfer/top_classes.h"

namespace dl {
namespace {

constexpr int64_t kCompared = 5;        // likeliest classes
constexpr int64_t kTestImages = 10000;  // of CIFAR-10

struct Published {
  std::string architecture, weights, golden;  // files
  bool reads_cifar10;
};

const std::vector<Published>& Networks() {
  static const auto& networks = *new std::vector<Published>{
      {"squeezenet1_0", "squeezenet1_0-imagenet.safetensors", "squeezenet1_0-golden.safetensors", false},
      {"resnet20", "cifar10-resnet20.safetensors", "cifar10-resnet20-golden.safetensors", true},
  };
  return networks;
}

// Inputs [N, C, H, W] and PyTorch's answers to them [N, K], plain f32.
struct Golden {
  Tensor input, logits;
  std::string test_accuracy;  // PyTorch's on the JPEG copy of CIFAR-10's test images; empty where there is none
};

absl::StatusOr<Golden> ReadGolden(const std::string& path) {
  absl::StatusOr<SafeTensors> file = ReadSafeTensors(path);
  if (!file.ok()) return absl::DataLossError(file.status().message());
  const auto* input = std::get_if<Tensor>(&file->tensors["input"]);
  const auto* logits = std::get_if<Tensor>(&file->tensors["logits"]);
  if (input == nullptr || logits == nullptr || input->rank() != 4 || logits->rank() != 2 || logits->size() == 0 ||
      input->dim(0) != logits->dim(0) || input->dtype() != DType::kF32 || logits->dtype() != DType::kF32) {
    return absl::DataLossError(
        absl::StrCat(path, ": it must hold float32 'input' [N, C, H, W] and 'logits' [N, K]; replace it"));
  }
  return Golden{*input, *logits, file->metadata["accuracy_on_10000_jpeg_test_images"]};
}

absl::Status CheckThere(const std::string& path) {
  std::error_code ignored;
  if (std::filesystem::exists(path, ignored)) return absl::OkStatus();
  return absl::NotFoundError(absl::StrCat("no file ", path, "; set DL_PRETRAINED to a folder that holds it"));
}

absl::StatusOr<std::string> FileHash(const std::string& path) {
  const absl::StatusOr<std::string> bytes = ReadFile(path);
  if (!bytes.ok()) return bytes.status();
  Sha256 hash;
  hash.Update(bytes->data(), bytes->size());
  return hash.HexDigest();
}

// How far our answers are from PyTorch's.
struct Comparison {
  double difference = 0, largest = 0;  // the largest absolute difference, and the largest absolute logit
  int64_t same = 0, images = 0;        // images whose likeliest classes are the same, and all

  void Add(const std::string& network, absl::Span<const float> ours, absl::Span<const float> golden, Table& metrics) {
    double here = 0;
    for (size_t k = 0; k < golden.size(); ++k) {
      here = std::max(here, std::abs(static_cast<double>(ours[k]) - golden[k]));
      largest = std::max(largest, std::abs(static_cast<double>(golden[k])));
    }
    const std::vector<int64_t> top = TopClasses(ours, kCompared);
    const bool agree = top == TopClasses(golden, kCompared);
    metrics.AddRow({network, images, here, top[0], agree ? "yes" : "no"});
    difference = std::max(difference, here);
    same += agree ? 1 : 0;
    ++images;
  }
};

absl::StatusOr<Comparison> Compare(const Published& published, const Golden& golden, Layer& network, Table& metrics) {
  const absl::StatusOr<Tensor> logits = LogitsOf(network, golden.input);
  if (!logits.ok()) return logits.status();
  if (logits->shape() != golden.logits.shape()) {
    return absl::DataLossError(absl::StrCat(published.golden, " has logits ", ToString(golden.logits.shape()),
                                            ", the network answers with ", ToString(logits->shape()), "; replace it"));
  }
  Comparison comparison;
  const int64_t classes = logits->dim(1);
  for (int64_t i = 0; i < logits->dim(0); ++i) {
    comparison.Add(published.architecture, logits->values().subspan(i * classes, classes),
                   golden.logits.values().subspan(i * classes, classes), metrics);
  }
  return comparison;
}

// The accuracy that others measured on all images of a test set called so, empty where we know of none.
std::string ReferenceAccuracy(const Dataset& test, const Golden& golden) {
  if (test.size() != kTestImages) return "";
  return test.name == "CIFAR-10" ? "0.9173" : golden.test_accuracy;  // the authors', as their README has it
}

// The cells of the summary from "test_set" on.
absl::StatusOr<std::vector<Cell>> TestCells(Layer& network, const Dataset& test, const Golden& golden) {
  const auto predictions = Predict(network, test, ImageNetNormalization());
  if (!predictions.ok()) return predictions.status();
  return std::vector<Cell>{test.name, test.size(), TopAccuracy(*predictions).share, ReferenceAccuracy(test, golden)};
}

// Compares one network of `folder`, on `test` too where it reads CIFAR-10, and adds what it found to `result`.
absl::Status Measure(const Published& published, const std::filesystem::path& folder, const Dataset& test,
                     ExperimentResult& result) {
  const std::string path = (folder / published.weights).string(), golden_path = (folder / published.golden).string();
  if (absl::Status status = FirstError({CheckThere(path), CheckThere(golden_path)}); !status.ok()) return status;
  const absl::StatusOr<std::string> hash = FileHash(path);
  if (!hash.ok()) return hash.status();
  result.datasets[published.weights] = *hash;
  const absl::StatusOr<Golden> golden = ReadGolden(golden_path);
  if (!golden.ok()) return golden.status();
  Random random(1);
  Sequential network = *NetworkByName(published.architecture, *PublishedTask(published.architecture), random);
  if (const auto report = LoadWeightsFile(network, path); !report.ok()) return report.status();
  const absl::StatusOr<Comparison> c = Compare(published, *golden, network, result.metrics);
  if (!c.ok()) return c.status();
  absl::StatusOr<std::vector<Cell>> cells = std::vector<Cell>{"", "", "", ""};
  if (published.reads_cifar10) cells = TestCells(network, test, *golden);
  if (!cells.ok()) return cells.status();
  cells->insert(cells->begin(), {published.architecture, c->images, c->difference, c->largest,
                                 absl::StrCat(c->same, " of ", c->images)});
  result.summary.AddRow(*std::move(cells));
  return absl::OkStatus();
}

}  // namespace

void PretrainedParity::AddFlags(FlagSet& flags) {
  flags.Add("pretrained_dir", &pretrained_dir_, "where the weights are, instead of $DL_PRETRAINED");
  flags.Add("test_size", &test_size_, "test images of CIFAR-10, 0 for all");
}

absl::StatusOr<ExperimentResult> PretrainedParity::Run(Progress& progress) {
  if (absl::Status status = WantsBetween("test_size", test_size_, 0, kTestImages); !status.ok()) return status;
  const auto data = LoadDataset("cifar10", {.folder = data_dir_, .train_size = 1, .test_size = test_size_});
  if (!data.ok()) return data.status();
  ExperimentResult result = {
      .metrics = Table({"network", "image", "largest_difference", "likeliest_class", "same_top_five"}),
      .summary = Table({"network", "images", "largest_difference", "largest_logit", "same_top_five", "test_set",
                        "test_images", "accuracy", "reference_accuracy"}),
      .seeds = {},
      .datasets = {{data->test.name, Fingerprint(data->test)}}};
  const std::string folder = PretrainedFolder(pretrained_dir_);
  for (size_t i = 0; i < Networks().size(); ++i) {
    progress.Part(Networks()[i].architecture, i, Networks().size());
    if (absl::Status status = Measure(Networks()[i], folder, data->test, result); !status.ok()) return status;
  }
  return result;
}

}  // namespace dl
