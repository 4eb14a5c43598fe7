#include "datasets/cifar10.h"

#include <algorithm>
#include <filesystem>

#include "absl/strings/str_cat.h"
#include "datasets/file_tree.h"

namespace dl {
namespace {

constexpr size_t kExample = 3 * 32 * 32, kRecord = 1 + kExample;  // bytes
constexpr size_t kExamplesOfFile = 10000, kTrainFiles = 5;

absl::Status Bad(const std::string& file, const std::string& what) {
  return absl::DataLossError(absl::StrCat(file, ": ", what, "; replace it with a sound copy"));
}

Dataset Blank(size_t count) {
  return {
      "CIFAR-10", {3, 32, 32}, std::vector<uint8_t>(count * kExample), std::vector<int32_t>(count), Cifar10Classes()};
}

// Puts the examples of one file into `set`, from example `first` on.
absl::Status Unpack(const std::string& file, const std::string& bytes, size_t first, Dataset* set) {
  if (bytes.size() != kExamplesOfFile * kRecord) {
    return Bad(file, absl::StrCat("it holds ", bytes.size(), " bytes, ", kExamplesOfFile * kRecord,
                                  " were expected: ", kExamplesOfFile, " examples of ", kRecord));
  }
  auto& values = std::get<std::vector<uint8_t>>(set->values);
  for (size_t i = 0; i < kExamplesOfFile; ++i) {
    const auto* record = reinterpret_cast<const uint8_t*>(bytes.data()) + i * kRecord;
    if (*record >= Cifar10Classes().size()) {
      return Bad(file, absl::StrCat("label ", static_cast<int>(*record), " of example ", i, "; 0 to 9 were expected"));
    }
    set->labels[first + i] = *record;
    std::copy_n(record + 1, kExample, values.begin() + static_cast<int64_t>((first + i) * kExample));
  }
  return absl::OkStatus();
}

}  // namespace

const std::vector<std::string>& Cifar10Classes() {
  static const auto& classes = *new std::vector<std::string>{"airplane", "automobile", "bird",  "cat",  "deer",
                                                             "dog",      "frog",       "horse", "ship", "truck"};
  return classes;
}

absl::StatusOr<TrainTest> ReadCifar10(const std::string& path) {
  std::error_code missing;
  const std::string folder = std::filesystem::is_directory(path, missing) ? "" : "cifar-10-batches-bin/";
  std::vector<std::string> files;
  for (size_t i = 1; i <= kTrainFiles; ++i) files.push_back(absl::StrCat(folder, "data_batch_", i, ".bin"));
  files.push_back(folder + "test_batch.bin");

  TrainTest sets = {Blank(kTrainFiles * kExamplesOfFile), Blank(kExamplesOfFile)};
  const absl::Status status = ReadFiles(path, files, [&](size_t i, const std::string& bytes) {
    const std::string file = (std::filesystem::path(path) / files[i]).string();
    return i < kTrainFiles ? Unpack(file, bytes, i * kExamplesOfFile, &sets.train) : Unpack(file, bytes, 0, &sets.test);
  });
  if (!status.ok()) return status;
  return sets;
}

}  // namespace dl
