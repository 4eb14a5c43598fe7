#include "datasets/catalog.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace dl {
namespace {

using testing::HasSubstr;

// A folder with a mnist/ of `train` images [2, 1] and `test` images [test_height, 1], all with label 3.
std::string TinyMnist(char train, char test, char test_height = 2) {
  const std::string folder = testing::TempDir() + "/tiny";
  std::filesystem::create_directories(folder + "/mnist");
  const auto write = [&](const std::string& file, const std::string& bytes) {
    std::ofstream(folder + "/mnist/" + file, std::ios::binary) << bytes;
  };
  for (const auto& [part, count] : {std::pair<std::string, char>{"train", train}, {"t10k", test}}) {
    const char height = part == "train" ? 2 : test_height;
    const std::string images{0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, height, 0, 0, 0, 1};
    const std::string labels{0, 0, 8, 1, 0, 0, 0, count};
    write(part + "-images-idx3-ubyte", images + std::string(height * count, 'x'));
    write(part + "-labels-idx1-ubyte", labels + std::string(count, 3));
  }
  return folder;
}

TEST(CatalogTest, EveryGeneratedSetHasItsDefaultSizesAndTwoDifferentParts) {
  for (const std::string name : {"glyphs", "shapes", "moons", "circles", "spirals", "blobs"}) {
    const auto set = LoadDataset(name);
    ASSERT_TRUE(set.ok()) << set.status();
    EXPECT_EQ(set->train.name, name);
    const bool images = name == "glyphs" || name == "shapes";
    EXPECT_EQ(set->train.size(), images ? 10000 : 1000);
    EXPECT_EQ(set->test.size(), images ? 2000 : 500);
    EXPECT_EQ(set->train.class_names, set->test.class_names);
    EXPECT_NE(FirstExamples(set->train, 100).values, FirstExamples(set->test, 100).values);
  }
}

TEST(CatalogTest, SizesAndSeedAreSettable) {
  const auto a = LoadDataset("glyphs", {.train_size = 30, .test_size = 20, .seed = 5});
  const auto b = LoadDataset("glyphs", {.train_size = 30, .test_size = 20, .seed = 6});
  EXPECT_EQ(a->train.size(), 30);
  EXPECT_EQ(a->test.size(), 20);
  EXPECT_NE(a->train.values, b->train.values);
}

TEST(CatalogTest, RealFilesAreReadFromTheFolder) {
  const auto mnist = LoadDataset("mnist", {.folder = TinyMnist(5, 3)});
  ASSERT_TRUE(mnist.ok()) << mnist.status();
  EXPECT_EQ(mnist->train.size(), 5);
  EXPECT_EQ(mnist->test.size(), 3);
  EXPECT_EQ(mnist->train.example_shape, (Shape{1, 2, 1}));
  const auto fewer = LoadDataset("mnist", {.folder = TinyMnist(5, 3), .train_size = 2, .test_size = 1});
  EXPECT_EQ(fewer->train.size(), 2);
  EXPECT_EQ(fewer->test.size(), 1);
}

TEST(CatalogTest, RefusesSizesThatASetCannotGive) {
  const auto message = [](const std::string& name, LoadOptions options) {
    const absl::Status status = LoadDataset(name, options).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    return std::string(status.message());
  };
  EXPECT_EQ(message("mnist", {.folder = TinyMnist(5, 3), .train_size = 6}),
            "train_size is 6: mnist has 1 to 5 examples to give; 0 means the default");
  EXPECT_THAT(message("mnist", {.folder = TinyMnist(5, 3), .test_size = -1}), HasSubstr("test_size is -1"));
  EXPECT_THAT(message("glyphs", {.train_size = -1}), HasSubstr("train_size is -1"));
  EXPECT_THAT(message("glyphs", {.test_size = int64_t{1} << 40}), HasSubstr("1 to 4194304"));
}

TEST(CatalogTest, TrainingAndTestImagesAreOfOneSize) {
  const std::string folder = TinyMnist(5, 3, 4);
  const absl::Status status = LoadDataset("mnist", {.folder = folder}).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(status.message(), folder + "/mnist: its training images are [1, 2, 1], its test images [1, 4, 1]; replace "
                                       "it with a sound copy");
}

TEST(CatalogTest, AMissingFileIsNamedWithTheWayOut) {
  const std::string folder = TinyMnist(5, 3);
  const absl::Status status = LoadDataset("fashion-mnist", {.folder = folder}).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(status.message(), "no file " + folder +
                                  "/fashion-mnist/train-images-idx3-ubyte[.gz]; set DL_DATASETS to a folder that holds "
                                  "fashion-mnist/, or use --dataset=glyphs");
  std::filesystem::remove(folder + "/mnist/t10k-labels-idx1-ubyte");
  EXPECT_THAT(std::string(LoadDataset("mnist", {.folder = folder}).status().message()),
              HasSubstr("/mnist/t10k-labels-idx1-ubyte[.gz]"));
}

TEST(CatalogTest, AnUnknownNameGetsTheNearest) {
  const absl::Status status = LoadDataset("glyph").status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(status.message()), HasSubstr("unknown dataset 'glyph'; did you mean 'glyphs'?"));
  EXPECT_EQ(DatasetNames()[0], "glyphs");
}

TEST(DatasetsFolderTest, TheNearestWishWins) {
  setenv("BUILD_WORKING_DIRECTORY", "/work", 1);
  setenv("HOME", "/home/ada", 1);
  setenv("XDG_CACHE_HOME", "/cache", 1);
  setenv("DL_DATASETS", "data", 1);
  EXPECT_EQ(DatasetsFolder("mine"), "/work/mine");
  EXPECT_EQ(DatasetsFolder(""), "/work/data");
  unsetenv("DL_DATASETS");
  EXPECT_EQ(DatasetsFolder(""), "/cache/deep-learning/datasets");
  unsetenv("XDG_CACHE_HOME");
  EXPECT_EQ(DatasetsFolder(""), "/home/ada/.cache/deep-learning/datasets");
  unsetenv("BUILD_WORKING_DIRECTORY");
}

// With --test_env=DL_DATASETS=FOLDER.
TEST(CatalogTest, ReadsFashionMnistWhereItIs) {
  const char* folder = std::getenv("DL_DATASETS");
  if (!folder || !std::filesystem::exists(std::string(folder) + "/fashion-mnist")) GTEST_SKIP() << "no DL_DATASETS";
  const auto set = LoadDataset("fashion-mnist");
  ASSERT_TRUE(set.ok()) << set.status();
  EXPECT_EQ(set->train.size(), 60000);
  EXPECT_EQ(set->test.size(), 10000);
  EXPECT_EQ(set->train.class_names[set->train.labels[0]], "Ankle boot");
}

}  // namespace
}  // namespace dl
