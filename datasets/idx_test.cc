#include "datasets/idx.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace dl {
namespace {

using testing::HasSubstr;

const char kImages[] =
    "\0\0\x08\x03\0\0\0\x02\0\0\0\x01\0\0\0\x03"
    "ABCDEF";                                             // [2, 1, 3]
const char kLabels[] = "\0\0\x08\x01\0\0\0\x02\x01\x00";  // [2]

template <size_t n>
std::string Bytes(const char (&literal)[n]) {
  return std::string(literal, n - 1);
}

std::string Write(const std::string& name, const std::string& bytes) {
  const std::string path = testing::TempDir() + "/" + name;
  std::ofstream(path, std::ios::binary) << bytes;
  return path;
}

// Expects that the file `bytes`, read at `rank`, is refused as DataLoss with one line that names the file and `why`.
void ExpectRefused(const std::string& bytes, int rank, const std::string& why) {
  const absl::Status status = ReadIdx(Write("file-under-test", bytes), rank).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss) << why;
  EXPECT_THAT(std::string(status.message()), HasSubstr("file-under-test: " + why));
  EXPECT_EQ(status.message().find('\n'), absl::string_view::npos);
}

TEST(IdxTest, ReadsImagesAndLabels) {
  const auto images = ReadIdx(Write("images", Bytes(kImages)), 3);
  ASSERT_TRUE(images.ok()) << images.status();
  EXPECT_EQ(images->shape, (Shape{2, 1, 3}));
  EXPECT_EQ(images->values, (std::vector<uint8_t>{'A', 'B', 'C', 'D', 'E', 'F'}));
  const auto labels = ReadIdx(Write("labels", Bytes(kLabels)), 1);
  ASSERT_TRUE(labels.ok()) << labels.status();
  EXPECT_EQ(labels->values, (std::vector<uint8_t>{1, 0}));
}

TEST(IdxTest, RefusesWrongMagic) {
  ExpectRefused("", 3, "an IDX file begins with 4 bytes of magic, it holds 0");
  ExpectRefused("\x89PNG....", 3, "not an IDX file: it begins with 89 50 4e 47, images (IDX magic 00000803) was");
}

TEST(IdxTest, RefusesAnotherElementType) {
  std::string floats = Bytes(kImages);
  floats[2] = 0x0d;
  ExpectRefused(floats, 3, "its elements are of IDX type 0d, unsigned bytes (08) were expected");
}

TEST(IdxTest, RefusesLabelsUnderTheNameOfImagesAndTheReverse) {
  ExpectRefused(Bytes(kLabels), 3, "it holds labels (IDX magic 00000801), expected were images (IDX magic 00000803)");
  ExpectRefused(Bytes(kImages), 1, "it holds images (IDX magic 00000803), expected were labels (IDX magic 00000801)");
}

TEST(IdxTest, RefusesATruncatedFileWhereverItIsCut) {
  for (size_t size = 4; size < 16; ++size) {
    ExpectRefused(Bytes(kImages).substr(0, size), 3, "truncated: its header has 12 bytes of extents");
  }
  for (size_t size = 16; size < 22; ++size) {
    ExpectRefused(Bytes(kImages).substr(0, size), 3, "truncated: its header promises [2, 1, 3], 6 bytes; it holds");
  }
}

TEST(IdxTest, RefusesAnOversizedFile) {
  ExpectRefused(Bytes(kImages) + "x", 3, "oversized: its header promises [2, 1, 3], 6 bytes; more follow");
}

TEST(IdxTest, RefusesExtentsThatNoDataSetHas) {
  const std::string magic = Bytes("\0\0\x08\x03"), most = "\xff\xff\xff\xff", none = Bytes("\0\0\0\0");
  ExpectRefused(magic + most + most + most + "x", 3, "its header claims [4294967295, 4294967295, 4294967295], 1 to");
  ExpectRefused(magic + Bytes("\0\0\0\x02") + none + most, 3, "its header claims [2, 0, 4294967295], 1 to");
  ExpectRefused(magic + Bytes("\x40\0\0\x01\0\0\0\x01\0\0\0\x01"), 3, "its header claims [1073741825, 1, 1], 1 to");
}

TEST(IdxTest, PassesTheDamageOfAPackedFileOn) {
  const absl::Status status = ReadIdx(Write("broken.gz", "\x1f\x8b\x08garbage"), 3).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(std::string(status.message()), HasSubstr("broken.gz is a damaged gzip file"));
}

TEST(IdxDatasetTest, JoinsImagesAndLabels) {
  const auto set =
      ReadIdxDataset("tiny", Write("images", Bytes(kImages)), Write("labels", Bytes(kLabels)), {"zero", "one"});
  ASSERT_TRUE(set.ok()) << set.status();
  EXPECT_EQ(set->name, "tiny");
  EXPECT_EQ(set->example_shape, (Shape{1, 1, 3}));
  EXPECT_EQ(set->labels, (std::vector<int32_t>{1, 0}));
  EXPECT_EQ(std::get<0>(set->values).size(), 6u);
}

TEST(IdxDatasetTest, RefusesCountsThatDiffer) {
  const std::string three = Bytes("\0\0\x08\x01\0\0\0\x03\x01\x00\x01");
  const absl::Status status =
      ReadIdxDataset("tiny", Write("images", Bytes(kImages)), Write("labels", three), {"zero", "one"}).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(std::string(status.message()), HasSubstr("/labels: it holds 3 labels, 2 were expected"));
}

TEST(IdxDatasetTest, RefusesALabelOutOfRange) {
  const absl::Status status =
      ReadIdxDataset("tiny", Write("images", Bytes(kImages)), Write("labels", Bytes(kLabels)), {"zero"}).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(std::string(status.message()), HasSubstr("/labels: label 1 of example 0; 0 to 0 were expected"));
}

// The files as their authors published them; run with --test_env=DL_DATASETS=FOLDER.
TEST(IdxDatasetTest, ReadsTheOfficialFiles) {
  const char* folder = std::getenv("DL_DATASETS");
  const std::string stem = std::string(folder ? folder : "") + "/mnist/t10k-";
  if (!std::filesystem::exists(stem + "images-idx3-ubyte.gz")) GTEST_SKIP() << "DL_DATASETS holds no MNIST";
  const auto test = ReadIdxDataset("mnist", stem + "images-idx3-ubyte.gz", stem + "labels-idx1-ubyte.gz",
                                   {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"});
  ASSERT_TRUE(test.ok()) << test.status();
  EXPECT_EQ(test->size(), 10000);
  EXPECT_EQ(test->example_shape, (Shape{1, 28, 28}));
  EXPECT_EQ(std::vector<int32_t>(test->labels.begin(), test->labels.begin() + 5),
            (std::vector<int32_t>{7, 2, 1, 0, 4}));
}

}  // namespace
}  // namespace dl
