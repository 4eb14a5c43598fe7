#include "datasets/catalog.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <iostream>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "datasets/cifar10.h"
#include "datasets/glyphs.h"
#include "datasets/idx.h"
#include "datasets/image_folder.h"
#include "datasets/points.h"
#include "datasets/shapes.h"
#include "modules/base/file.h"
#include "modules/base/nearest_name.h"
#include "modules/base/random.h"

namespace dl {
namespace {

constexpr int64_t kMostGenerated = int64_t{1} << 22;  // examples: 3 GiB of glyphs, 12 of shapes
constexpr int64_t kLargestImage = 1024;               // pixels a side
constexpr float kMostDifficult = 10;
constexpr char kCifar10[] = "cifar10";
constexpr char kFolder[] = "folder:";

struct Generated {
  std::string name;
  int64_t train_size, test_size;  // defaults
  std::function<Dataset(int64_t count, float difficulty, const Random& random)> make;
  bool adjustable = false;  // whether it minds the difficulty, of which 1 is the usual
};

struct Real {
  std::string name;
  std::vector<std::string> class_names;
};

const std::vector<Generated>& GeneratedSets() {
  static const auto& sets = *new std::vector<Generated>{
      {"glyphs", 10000, 2000,
       [](int64_t n, float d, const Random& random) { return MakeGlyphs({.count = n, .difficulty = d}, random); },
       true},
      {"shapes", 10000, 2000,
       [](int64_t n, float d, const Random& random) { return MakeShapes({.count = n, .difficulty = d}, random); },
       true},
      {"moons", 1000, 500, [](int64_t n, float, const Random& random) { return MakeMoons({.count = n}, random); }},
      {"circles", 1000, 500, [](int64_t n, float, const Random& random) { return MakeCircles({.count = n}, random); }},
      {"spirals", 1000, 500, [](int64_t n, float, const Random& random) { return MakeSpirals({.count = n}, random); }},
      {"blobs", 1000, 500, [](int64_t n, float, const Random& random) { return MakeBlobs({.count = n}, random); }},
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

// Of NAME:DIFFICULTY.
absl::StatusOr<float> ParseDifficulty(const std::string& name, const std::string& text) {
  float difficulty = 0;
  if (absl::SimpleAtof(text, &difficulty) && difficulty >= 0 && difficulty <= kMostDifficult) return difficulty;
  return absl::InvalidArgumentError(absl::StrCat("--dataset=", name, ":", text, " wants a difficulty of 0 to ",
                                                 kMostDifficult, "; 1 is the usual, ", name, ":1.5 is harder"));
}

// `name` is what the sets are called.
absl::StatusOr<TrainTest> Generate(const Generated& set, float difficulty, const std::string& name,
                                   const LoadOptions& options) {
  const auto make = [&](const char* part, int64_t size, int64_t initial, int stream) -> absl::StatusOr<Dataset> {
    if (absl::Status status = CheckSize(set.name, part, size, kMostGenerated); !status.ok()) return status;
    Dataset made = set.make(size == 0 ? initial : size, difficulty, Random(options.seed).Split(stream));
    made.name = name;
    return made;
  };
  absl::StatusOr<Dataset> train = make("train", options.train_size, set.train_size, 0);
  if (!train.ok()) return train.status();
  absl::StatusOr<Dataset> test = make("test", options.test_size, set.test_size, 1);
  if (!test.ok()) return test.status();
  return TrainTest{*std::move(train), *std::move(test)};
}

bool Exists(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::exists(path, ignored);
}

absl::StatusOr<std::string> FindFile(const std::string& name, const std::string& folder, const std::string& file) {
  const std::string path = (std::filesystem::path(folder) / name / file).string();
  for (const std::string& candidate : {path + ".gz", path}) {
    if (Exists(candidate)) return candidate;
  }
  return absl::NotFoundError(absl::StrCat("no file ", path, "[.gz]; set DL_DATASETS to a folder that holds ", name,
                                          "/, or use --dataset=", GeneratedSets()[0].name));
}

// Leaves the first `size` examples of a part; all where it is 0.
absl::Status Limit(const char* part, int64_t size, Dataset* set) {
  if (size == 0) return absl::OkStatus();
  if (absl::Status status = CheckSize(set->name, part, size, set->size()); !status.ok()) return status;
  *set = FirstExamples(std::move(*set), size);
  return absl::OkStatus();
}

absl::StatusOr<Dataset> ReadPart(const Real& set, const std::string& folder, const std::string& prefix,
                                 const char* part, int64_t size) {
  const absl::StatusOr<std::string> images = FindFile(set.name, folder, prefix + "-images-idx3-ubyte");
  if (!images.ok()) return images.status();
  const absl::StatusOr<std::string> labels = FindFile(set.name, folder, prefix + "-labels-idx1-ubyte");
  if (!labels.ok()) return labels.status();
  absl::StatusOr<Dataset> all = ReadIdxDataset(set.name, *images, *labels, set.class_names);
  if (!all.ok()) return all;
  if (absl::Status status = Limit(part, size, &*all); !status.ok()) return status;
  return all;
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

// Reads no more pictures than are wanted.
absl::StatusOr<TrainTest> ReadFolder(const ImageFolder& folder, int64_t image_size, const LoadOptions& options) {
  const auto read = [&](const char* part, int64_t size,
                        absl::Span<const ImageFolder::File> files) -> absl::StatusOr<Dataset> {
    const auto most = static_cast<int64_t>(files.size());
    if (absl::Status status = CheckSize(folder.name, part, size, most); !status.ok()) return status;
    return ReadImages(folder, files.first(size == 0 ? most : size), image_size);
  };
  absl::StatusOr<Dataset> train = read("train", options.train_size, folder.train);
  if (!train.ok()) return train.status();
  absl::StatusOr<Dataset> test = read("test", options.test_size, folder.test);
  if (!test.ok()) return test.status();
  return TrainTest{*std::move(train), *std::move(test)};
}

absl::StatusOr<TrainTest> ReadUsersFolder(const std::string& path, const LoadOptions& options) {
  if (path.empty()) return absl::InvalidArgumentError("folder: names no folder or archive; type folder:PATH");
  if (options.image_size < 1 || options.image_size > kLargestImage) {
    return absl::InvalidArgumentError(
        absl::StrCat("image_size is ", options.image_size, ": 1 to ", kLargestImage, " pixels a side can be had"));
  }
  const absl::StatusOr<ImageFolder> folder = ListImageFolder(UserPath(path));
  if (!folder.ok()) return folder.status();
  if (folder->ignored > 0) std::cerr << "note: " << folder->ignored << " files of " << path << " are ignored\n";
  return ReadFolder(*folder, options.image_size, options);
}

absl::StatusOr<TrainTest> ReadAnyCifar10(const LoadOptions& options) {
  const std::string folder = DatasetsFolder(options.folder);
  const auto place = [&](const char* name) { return (std::filesystem::path(folder) / name).string(); };
  for (const std::string& path : {place("cifar-10-batches-bin"), place("cifar-10-binary.tar.gz")}) {
    if (!Exists(path)) continue;
    absl::StatusOr<TrainTest> sets = ReadCifar10(path);
    if (!sets.ok()) return sets;
    if (absl::Status status = Limit("train", options.train_size, &sets->train); !status.ok()) return status;
    if (absl::Status status = Limit("test", options.test_size, &sets->test); !status.ok()) return status;
    return sets;
  }
  for (const std::string& path : {place("cifar10-jpeg.tar"), place("cifar10-jpeg")}) {
    if (!Exists(path)) continue;
    absl::StatusOr<ImageFolder> copy = ListImageFolder(path);
    if (!copy.ok()) return copy.status();
    copy->name = "CIFAR-10 (JPEG copy)";
    if (copy->class_names != Cifar10Classes()) {
      return absl::DataLossError(absl::StrCat(path,
                                              ": its classes are not those of CIFAR-10; replace it with a sound "
                                              "copy"));
    }
    return ReadFolder(*copy, 32, options);
  }
  return absl::NotFoundError(
      absl::StrCat("none of cifar-10-batches-bin/, cifar-10-binary.tar.gz, cifar10-jpeg.tar and "
                   "cifar10-jpeg/ is in ",
                   folder,
                   "; set DL_DATASETS to a folder that holds "
                   "one, or use --dataset=",
                   GeneratedSets()[0].name));
}

}  // namespace

std::vector<std::string> DatasetNames() {
  std::vector<std::string> names;
  for (const Generated& set : GeneratedSets()) names.push_back(set.name);
  for (const Real& set : RealSets()) names.push_back(set.name);
  names.insert(names.end(), {kCifar10, std::string(kFolder) + "PATH"});
  return names;
}

absl::StatusOr<TrainTest> LoadDataset(const std::string& name, const LoadOptions& options) {
  for (const Generated& set : GeneratedSets()) {
    if (set.name == name) return Generate(set, 1, name, options);
    if (!set.adjustable || !name.starts_with(set.name + ":")) continue;
    const absl::StatusOr<float> difficulty = ParseDifficulty(set.name, name.substr(set.name.size() + 1));
    return difficulty.ok() ? Generate(set, *difficulty, name, options) : difficulty.status();
  }
  for (const Real& set : RealSets()) {
    if (set.name == name) return Read(set, options);
  }
  if (name == kCifar10) return ReadAnyCifar10(options);
  if (name.starts_with(kFolder)) return ReadUsersFolder(name.substr(std::size(kFolder) - 1), options);
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
