#include "datasets/catalog.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "datasets/cifar10.h"
#include "datasets/testing.h"
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

TEST(CatalogTest, DifficultyFollowsTheName) {
  const LoadOptions few = {.train_size = 20, .test_size = 10};
  for (const std::string name : {"glyphs", "shapes"}) {
    const auto usual = LoadDataset(name, few), same = LoadDataset(name + ":1", few),
               easy = LoadDataset(name + ":0", few);
    ASSERT_TRUE(same.ok() && easy.ok()) << same.status() << easy.status();
    EXPECT_EQ(same->train.values, usual->train.values);
    EXPECT_NE(easy->train.values, usual->train.values);
    EXPECT_EQ(easy->train.name, name + ":0");
    for (const std::string bad : {":", ":-1", ":11", ":nan", ":hard"}) {
      EXPECT_EQ(LoadDataset(name + bad, few).status().code(), absl::StatusCode::kInvalidArgument) << name << bad;
    }
  }
  EXPECT_EQ(LoadDataset("moons:2", few).status().code(), absl::StatusCode::kInvalidArgument);
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
  EXPECT_EQ(status.message(), folder +
                                  "/mnist: its training images are [1, 2, 1], its test images [1, 4, 1]; replace "
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

// `train` and `test` pictures of 6 by 6 pixels a class, below PART/CLASS; each class has its own grey.
Files Pictures(const std::vector<std::string>& classes, int train, int test) {
  Files files;
  for (size_t c = 0; c < classes.size(); ++c) {
    const auto grey = static_cast<uint8_t>(20 * c);
    Image image(6, 6);
    FillRectangle(0, 0, 6, 6, {grey, grey, grey}, &image);
    for (int i = 0; i < train; ++i) files["train/" + classes[c] + "/" + std::to_string(i) + ".png"] = PngBytes(image);
    for (int i = 0; i < test; ++i) files["test/" + classes[c] + "/" + std::to_string(i) + ".png"] = PngBytes(image);
  }
  return files;
}

TEST(CatalogTest, AFolderOfPicturesIsADataSetOfAnySize) {
  const std::string folder = EmptyFolder("greys");
  WriteFiles(folder, Pictures({"black", "dark"}, 3, 2));
  WriteFiles(folder, {{"README", "no picture"}, {"train/dark/9.png", "damaged, and not among the first"}});
  testing::internal::CaptureStderr();
  const auto set = LoadDataset("folder:" + folder, {.train_size = 4, .image_size = 5});
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "note: 1 files of " + folder + " are ignored\n");
  ASSERT_TRUE(set.ok()) << set.status();
  EXPECT_EQ(set->train.name, "greys");
  EXPECT_EQ(set->train.example_shape, (Shape{3, 5, 5}));
  EXPECT_EQ(set->train.size(), 4);
  EXPECT_EQ(set->test.size(), 4);
  EXPECT_EQ(LoadDataset("folder:" + folder).status().code(), absl::StatusCode::kDataLoss);
}

TEST(CatalogTest, AFolderIsTheUsers) {
  WriteFiles(EmptyFolder("mine/greys"), Pictures({"black", "dark"}, 1, 1));
  setenv("BUILD_WORKING_DIRECTORY", (testing::TempDir() + "/mine").c_str(), 1);
  EXPECT_TRUE(LoadDataset("folder:greys").ok());
  unsetenv("BUILD_WORKING_DIRECTORY");
}

TEST(CatalogTest, RefusesAFolderThatCannotBeHad) {
  const std::string folder = EmptyFolder("greys");
  WriteFiles(folder, Pictures({"black", "dark"}, 3, 2));
  const auto message = [](const std::string& name, LoadOptions options) {
    const absl::Status status = LoadDataset(name, options).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << name;
    return std::string(status.message());
  };
  EXPECT_THAT(message("folder:", {}), HasSubstr("type folder:PATH"));
  EXPECT_THAT(message("folder:" + folder, {.image_size = 0}), HasSubstr("image_size is 0: 1 to 1024 pixels"));
  EXPECT_THAT(message("folder:" + folder, {.image_size = 1025}), HasSubstr("image_size is 1025"));
  EXPECT_THAT(message("folder:" + folder, {.train_size = 7}), HasSubstr("train_size is 7: greys has 1 to 6 examples"));
  EXPECT_THAT(message("folder:" + folder, {.test_size = -1}), HasSubstr("test_size is -1"));
  EXPECT_EQ(LoadDataset("folder:" + folder + "/none").status().code(), absl::StatusCode::kNotFound);
}

TEST(CatalogTest, TheJpegCopyOfCifar10SaysThatItIsOne) {
  const std::string archived = EmptyFolder("archived"), unpacked = EmptyFolder("unpacked");
  Files wrapped;
  for (const auto& [name, content] : Pictures(Cifar10Classes(), 3, 1)) wrapped["cifar10-jpeg/" + name] = content;
  WriteArchive(archived + "/cifar10-jpeg.tar", wrapped);
  WriteFiles(unpacked, wrapped);
  for (const std::string& folder : {archived, unpacked}) {
    const auto set = LoadDataset("cifar10", {.folder = folder, .train_size = 20, .image_size = 64});
    ASSERT_TRUE(set.ok()) << set.status();
    EXPECT_EQ(set->train.name, "CIFAR-10 (JPEG copy)");
    EXPECT_EQ(set->test.name, "CIFAR-10 (JPEG copy)");
    EXPECT_EQ(set->train.class_names, Cifar10Classes());
    EXPECT_EQ(set->train.example_shape, (Shape{3, 32, 32}));
    for (int32_t c = 0; c < 10; ++c) EXPECT_EQ(std::count(set->train.labels.begin(), set->train.labels.end(), c), 2);
  }
  WriteFiles(unpacked, {{"cifar10-jpeg/train/zebra/1.png", ""}});
  EXPECT_THAT(std::string(LoadDataset("cifar10", {.folder = unpacked}).status().message()),
              HasSubstr("/cifar10-jpeg: its classes are not those of CIFAR-10"));
}

TEST(CatalogTest, TheRealCifar10IsPreferredToItsCopy) {
  const std::string folder = EmptyFolder("cifar");
  Files files = {{"test_batch.bin", std::string(30730000, 1)}};
  for (const char* i : {"1", "2", "3", "4", "5"})
    files[std::string("data_batch_") + i + ".bin"] = files["test_batch.bin"];
  WriteFiles(folder + "/cifar-10-batches-bin", files);
  WriteFiles(folder + "/cifar10-jpeg", Pictures(Cifar10Classes(), 1, 1));
  const auto set = LoadDataset("cifar10", {.folder = folder, .train_size = 30, .test_size = 20});
  ASSERT_TRUE(set.ok()) << set.status();
  EXPECT_EQ(set->train.name, "CIFAR-10");
  EXPECT_EQ(set->train.size(), 30);
  EXPECT_EQ(set->test.size(), 20);
  EXPECT_THAT(std::string(LoadDataset("cifar10", {.folder = folder, .test_size = 10001}).status().message()),
              HasSubstr("test_size is 10001"));
}

TEST(CatalogTest, WithoutCifar10AllItsPlacesAreNamed) {
  const std::string folder = EmptyFolder("nothing");
  const absl::Status status = LoadDataset("cifar10", {.folder = folder}).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(status.message(),
            "none of cifar-10-batches-bin/, cifar-10-binary.tar.gz, cifar10-jpeg.tar and "
            "cifar10-jpeg/ is in " +
                folder +
                "; set DL_DATASETS to a folder that holds one, or use "
                "--dataset=glyphs");
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

TEST(CatalogTest, ReadsTheCopyOfCifar10WhereItIs) {
  const char* folder = std::getenv("DL_DATASETS");
  if (!folder || !std::filesystem::exists(std::string(folder) + "/cifar10-jpeg.tar")) GTEST_SKIP() << "no DL_DATASETS";
  const auto set = LoadDataset("cifar10");
  ASSERT_TRUE(set.ok()) << set.status();
  EXPECT_EQ(set->train.size(), 50000);
  EXPECT_EQ(set->test.size(), 10000);
  // Of all bytes as Pillow decodes the training part.
  if (set->train.name == "CIFAR-10 (JPEG copy)") {
    EXPECT_EQ(Fingerprint(set->train), "d774be508bb0aa89d0ae6c8244b28b788ea207db50125a72220f3fc922fefc8f");
  }
}

}  // namespace
}  // namespace dl
