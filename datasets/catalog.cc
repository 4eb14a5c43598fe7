#include "datasets/catalog.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "datasets/glyphs.h"
#include "datasets/idx.h"
#include "datasets/points.h"
#include "datasets/shapes.h"
#include "modules/base/file.h"
#include "modules/base/nearest_name.h"
#include "modules/base/random.h"

namespace dl {
namespace {

constexpr int64_t kMostGenerated = int64_t{1} << 22;  // examples: 3 GiB of glyphs, 12 of shapes

struct Generated {
  std::string name;
  int64_t train_size, test_size;  // defaults
  std::function<Dataset(int64_t count, const Random& random)> make;
};

struct Real {
  std::string name;
  std::vector<std::string> class_names;
};

const std::vector<Generated>& GeneratedSets() {
  static const auto& sets = *new std::vector<Generated>{
      {"glyphs", 10000, 2000, [](int64_t n, const Random& random) { return MakeGlyphs({.count = n}, random); }},
      {"shapes", 10000, 2000, [](int64_t n, const Random& random) { return MakeShapes({.count = n}, random); }},
      {"moons", 1000, 500, [](int64_t n, const Random& random) { return MakeMoons({.count = n}, random); }},
      {"circles", 1000, 500, [](int64_t n, const Random& random) { return MakeCircles({.count = n}, random); }},
      {"spirals", 1000, 500, [](int64_t n, const Random& random) { return MakeSpirals({.count = n}, random); }},
      {"blobs", 1000, 500, [](int64_t n, const Random& random) { return MakeBlobs({.count = n}, random); }},
  };
  return sets;
}

const std::vector<Real>& RealSets() {
  static const auto& sets = *new std::vector<Real>{
      {"fashion-mnist",
       {"T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"}},
      {"mnist", {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}},
  };
  return sets;
}

absl::Status CheckSize(const std::string& name, const char* part, int64_t size, int64_t most) {
  if (size >= 0 && size <= most) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat(part, "_size is ", size, ": ", name, " has 1 to ", most, " examples to give; 0 means the default"));
}

absl::StatusOr<TrainTest> Generate(const Generated& set, const LoadOptions& options) {
  const auto make = [&](const char* part, int64_t size, int64_t initial, int stream) -> absl::StatusOr<Dataset> {
    if (absl::Status status = CheckSize(set.name, part, size, kMostGenerated); !status.ok()) return status;
    return set.make(size == 0 ? initial : size, Random(options.seed).Split(stream));
  };
  absl::StatusOr<Dataset> train = make("train", options.train_size, set.train_size, 0);
  if (!train.ok()) return train.status();
  absl::StatusOr<Dataset> test = make("test", options.test_size, set.test_size, 1);
  if (!test.ok()) return test.status();
  return TrainTest{*std::move(train), *std::move(test)};
}

absl::StatusOr<std::string> FindFile(const std::string& name, const std::string& folder, const std::string& file) {
  const std::string path = (std::filesystem::path(folder) / name / file).string();
  for (const std::string& candidate : {path + ".gz", path}) {
    std::error_code ignored;
    if (std::filesystem::exists(candidate, ignored)) return candidate;
  }
  return absl::NotFoundError(absl::StrCat("no file ", path, "[.gz]; set DL_DATASETS to a folder that holds ", name,
                                          "/, or use --dataset=", GeneratedSets()[0].name));
}

absl::StatusOr<Dataset> ReadPart(const Real& set, const std::string& folder, const std::string& prefix,
                                 const char* part, int64_t size) {
  const absl::StatusOr<std::string> images = FindFile(set.name, folder, prefix + "-images-idx3-ubyte");
  if (!images.ok()) return images.status();
  const absl::StatusOr<std::string> labels = FindFile(set.name, folder, prefix + "-labels-idx1-ubyte");
  if (!labels.ok()) return labels.status();
  absl::StatusOr<Dataset> all = ReadIdxDataset(set.name, *images, *labels, set.class_names);
  if (!all.ok() || size == 0) return all;
  if (absl::Status status = CheckSize(set.name, part, size, all->size()); !status.ok()) return status;
  return FirstExamples(*std::move(all), size);
}

absl::StatusOr<TrainTest> Read(const Real& set, const LoadOptions& options) {
  const std::string folder = DatasetsFolder(options.folder);
  absl::StatusOr<Dataset> train = ReadPart(set, folder, "train", "train", options.train_size);
  if (!train.ok()) return train.status();
  absl::StatusOr<Dataset> test = ReadPart(set, folder, "t10k", "test", options.test_size);
  if (!test.ok()) return test.status();
  if (train->example_shape != test->example_shape) {
    return absl::DataLossError(absl::StrCat((std::filesystem::path(folder) / set.name).string(),
                                            ": its training images are ", ToString(train->example_shape),
                                            ", its test images ", ToString(test->example_shape),
                                            "; replace it with a sound copy"));
  }
  return TrainTest{*std::move(train), *std::move(test)};
}

}  // namespace

std::vector<std::string> DatasetNames() {
  std::vector<std::string> names;
  for (const Generated& set : GeneratedSets()) names.push_back(set.name);
  for (const Real& set : RealSets()) names.push_back(set.name);
  return names;
}

absl::StatusOr<TrainTest> LoadDataset(const std::string& name, const LoadOptions& options) {
  for (const Generated& set : GeneratedSets()) {
    if (set.name == name) return Generate(set, options);
  }
  for (const Real& set : RealSets()) {
    if (set.name == name) return Read(set, options);
  }
  return UnknownName("dataset", name, DatasetNames());
}

std::string DatasetsFolder(const std::string& folder) {
  const auto variable = [](const char* name) {
    const char* value = std::getenv(name);
    return std::string(value ? value : "");
  };
  if (!folder.empty()) return UserPath(folder);
  if (const std::string chosen = variable("DL_DATASETS"); !chosen.empty()) return UserPath(chosen);
  const std::string cache = variable("XDG_CACHE_HOME");
  return UserPath((cache.empty() ? variable("HOME") + "/.cache" : cache) + "/deep-learning/datasets");
}

}  // namespace dl
