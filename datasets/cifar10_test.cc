#include "datasets/cifar10.h"

#include <cstdlib>
#include <filesystem>

#include "datasets/testing.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace dl {
namespace {

using testing::HasSubstr;

constexpr size_t kRecord = 3073, kFile = 10000 * kRecord;

// The six files, all black with label 0 but for the first example of each: label and first byte are the file's number,
// and its last byte is 99.
Files SixFiles() {
  Files files;
  for (char i = 0; i < 6; ++i) {
    std::string bytes(kFile, '\0');
    bytes[0] = bytes[1] = i;
    bytes[kRecord - 1] = 99;
    files[i < 5 ? "data_batch_" + std::to_string(i + 1) + ".bin" : "test_batch.bin"] = std::move(bytes);
  }
  return files;
}

std::string FolderOf(const Files& files) {
  const std::string folder = EmptyFolder("cifar");
  WriteFiles(folder, files);
  return folder;
}

void ExpectAllRead(const std::string& path) {
  const auto sets = ReadCifar10(path);
  ASSERT_TRUE(sets.ok()) << sets.status();
  EXPECT_EQ(sets->train.name, "CIFAR-10");
  EXPECT_EQ(sets->train.example_shape, (Shape{3, 32, 32}));
  EXPECT_EQ(sets->train.size(), 50000);
  EXPECT_EQ(sets->test.size(), 10000);
  EXPECT_EQ(sets->train.class_names, Cifar10Classes());
  const auto& values = std::get<std::vector<uint8_t>>(sets->train.values);
  ASSERT_EQ(values.size(), 50000u * 3072);
  for (int32_t i = 0; i < 5; ++i) {
    EXPECT_EQ(sets->train.labels[10000 * i], i);
    EXPECT_EQ(values[size_t{10000} * 3072 * i], i);
    EXPECT_EQ(values[size_t{10000} * 3072 * i + 3071], 99);
    EXPECT_EQ(sets->train.labels[10000 * i + 1], 0);
  }
  EXPECT_EQ(sets->test.labels[0], 5);
  EXPECT_EQ(std::get<std::vector<uint8_t>>(sets->test.values)[0], 5);
}

void ExpectRefused(const std::string& path, absl::StatusCode code, const std::string& why) {
  const absl::Status status = ReadCifar10(path).status();
  EXPECT_EQ(status.code(), code) << status;
  EXPECT_THAT(std::string(status.message()), HasSubstr(why));
}

TEST(Cifar10Test, TheFilesOfTheFolderFollowEachOther) { ExpectAllRead(FolderOf(SixFiles())); }

TEST(Cifar10Test, TheArchiveIsReadAsItIsPublished) {
  Files files = {{"cifar-10-batches-bin/readme.html", "..."}, {"cifar-10-batches-bin/batches.meta.txt", "airplane"}};
  for (auto& [name, bytes] : SixFiles()) files["cifar-10-batches-bin/" + name] = bytes;
  const std::string path = EmptyFolder("cifar") + "/cifar-10-binary.tar.gz";
  WriteArchive(path, files);
  ExpectAllRead(path);
}

TEST(Cifar10Test, RefusesAFileOfAnotherSize) {
  Files files = SixFiles();
  files["data_batch_3.bin"].pop_back();
  ExpectRefused(FolderOf(files), absl::StatusCode::kDataLoss,
                "/data_batch_3.bin: it holds 30729999 bytes, 30730000 were expected: 10000 examples of 3073; replace");
  files["data_batch_3.bin"] += "xy";
  ExpectRefused(FolderOf(files), absl::StatusCode::kDataLoss, "it holds 30730001 bytes");
}

TEST(Cifar10Test, RefusesALabelThatNoClassHas) {
  Files files = SixFiles();
  files["test_batch.bin"][kFile - kRecord] = 10;
  ExpectRefused(FolderOf(files), absl::StatusCode::kDataLoss,
                "/test_batch.bin: label 10 of example 9999; 0 to 9 were expected");
}

TEST(Cifar10Test, NamesAMissingFile) {
  Files files = SixFiles();
  files.erase("data_batch_5.bin");
  ExpectRefused(FolderOf(files), absl::StatusCode::kNotFound, "/data_batch_5.bin: No such file");
}

// With --test_env=DL_DATASETS=FOLDER.
TEST(Cifar10Test, ReadsTheOfficialFiles) {
  const char* folder = std::getenv("DL_DATASETS");
  const std::string path = std::string(folder ? folder : "") + "/cifar-10-binary.tar.gz";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "DL_DATASETS holds no CIFAR-10";
  const auto sets = ReadCifar10(path);
  ASSERT_TRUE(sets.ok()) << sets.status();
  EXPECT_EQ(sets->train.labels[0], 6);  // a frog, as every tutorial shows
  EXPECT_EQ(sets->test.labels[0], 3);   // a cat
}

}  // namespace
}  // namespace dl
