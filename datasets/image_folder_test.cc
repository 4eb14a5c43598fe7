#include "datasets/image_folder.h"

#include <algorithm>
#include <filesystem>

#include "datasets/testing.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace dl {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// The PNG file of a square of one colour.
std::string Square(Color color, int64_t side = 4) {
  Image image(side, side);
  FillRectangle(0, 0, side, side, color, &image);
  return PngBytes(image);
}

constexpr Color kRed = {200, 10, 20}, kBlue = {30, 40, 250};

Files TwoClasses() {
  return {{"train/red/1.png", Square(kRed)},
          {"train/red/2.jpg", Square(kRed)},
          {"train/blue/1.JPEG", Square(kBlue)},
          {"test/blue/9.png", Square(kBlue)},
          {"test/red/9.png", Square(kRed)}};
}

std::string FolderOf(const Files& files) {
  const std::string folder = EmptyFolder("pictures");
  WriteFiles(folder, files);
  return folder;
}

std::vector<std::string> Names(const std::vector<ImageFolder::File>& files) {
  std::vector<std::string> names;
  for (const ImageFolder::File& file : files) names.push_back(file.name);
  return names;
}

void ExpectRefused(const Files& files, absl::StatusCode code, const std::string& why) {
  const absl::StatusOr<ImageFolder> folder = ListImageFolder(FolderOf(files));
  ASSERT_EQ(folder.status().code(), code) << folder.status();
  EXPECT_THAT(std::string(folder.status().message()), HasSubstr(why));
  EXPECT_EQ(folder.status().message().find('\n'), absl::string_view::npos);
}

TEST(ImageFolderTest, PartsAndClassesAreFolders) {
  const auto folder = ListImageFolder(FolderOf(TwoClasses()));
  ASSERT_TRUE(folder.ok()) << folder.status();
  EXPECT_EQ(folder->name, "pictures");
  EXPECT_THAT(folder->class_names, ElementsAre("blue", "red"));
  EXPECT_THAT(Names(folder->train), ElementsAre("train/red/1.png", "train/blue/1.JPEG", "train/red/2.jpg"));
  EXPECT_THAT(Names(folder->test), ElementsAre("test/blue/9.png", "test/red/9.png"));
  EXPECT_EQ(folder->train[1].label, 0);
  EXPECT_EQ(folder->ignored, 0);
}

TEST(ImageFolderTest, PicturesAreReadIntoPlanes) {
  const auto folder = ListImageFolder(FolderOf(TwoClasses()));
  const auto train = ReadImages(*folder, folder->train, 2);
  ASSERT_TRUE(train.ok()) << train.status();
  EXPECT_EQ(train->name, "pictures");
  EXPECT_EQ(train->example_shape, (Shape{3, 2, 2}));
  EXPECT_EQ(train->labels, (std::vector<int32_t>{1, 0, 1}));
  EXPECT_EQ(train->class_names, folder->class_names);
  EXPECT_THAT(std::get<std::vector<uint8_t>>(train->values),
              ElementsAre(200, 200, 200, 200, 10, 10, 10, 10, 20, 20, 20, 20,  //
                          30, 30, 30, 30, 40, 40, 40, 40, 250, 250, 250, 250,  //
                          200, 200, 200, 200, 10, 10, 10, 10, 20, 20, 20, 20));
}

TEST(ImageFolderTest, AnArchiveIsReadLikeAFolderAndMayWrapIt) {
  const std::string folder = EmptyFolder("archives");
  Files wrapped;
  for (const auto& [name, content] : TwoClasses()) wrapped["flowers/" + name] = content;
  const auto plain = ListImageFolder(FolderOf(TwoClasses()));
  const auto expected = ReadImages(*plain, plain->train, 4);
  for (const char* name : {"flowers.tar", "flowers.tar.gz", "flowers.zip"}) {
    for (const Files& files : {TwoClasses(), wrapped}) {
      const std::string path = folder + "/" + name;
      WriteArchive(path, files);
      const auto archive = ListImageFolder(path);
      ASSERT_TRUE(archive.ok()) << archive.status();
      EXPECT_EQ(archive->name, "flowers");
      EXPECT_EQ(archive->test.size(), 2u);
      const auto train = ReadImages(*archive, archive->train, 4);
      ASSERT_TRUE(train.ok()) << train.status();
      EXPECT_EQ(train->values, expected->values);
      EXPECT_EQ(train->labels, expected->labels);
    }
  }
}

TEST(ImageFolderTest, TheValidationPartIsTheTestWhereThereIsNoOther) {
  Files files = TwoClasses();
  files["val/red/v.png"] = Square(kRed);
  EXPECT_THAT(Names(ListImageFolder(FolderOf(files))->test), ElementsAre("test/blue/9.png", "test/red/9.png"));
  EXPECT_EQ(ListImageFolder(FolderOf(files))->ignored, 1);
  files.erase("test/red/9.png");
  files.erase("test/blue/9.png");
  EXPECT_THAT(Names(ListImageFolder(FolderOf(files))->test), ElementsAre("val/red/v.png"));
}

TEST(ImageFolderTest, WithoutPartsAFifthOfTheFilesIsTheTest) {
  Files files;
  for (int i = 0; i < 500; ++i) {
    for (const char* name : {"cat", "dog"}) files[name + ("/" + std::to_string(i)) + ".png"] = "not read";
  }
  const auto folder = ListImageFolder(FolderOf(files));
  ASSERT_TRUE(folder.ok()) << folder.status();
  EXPECT_EQ(folder->train.size() + folder->test.size(), 1000u);
  EXPECT_NEAR(folder->test.size(), 200, 40);
  // The part is the file's own: with half of the files gone the others stay where they were.
  for (int i = 0; i < 500; i += 2) files.erase("cat/" + std::to_string(i) + ".png");
  const std::vector<std::string> before = Names(folder->test);
  for (const std::string& name : Names(ListImageFolder(FolderOf(files))->test)) {
    EXPECT_THAT(before, testing::Contains(name));
  }
}

// Python: int(hashlib.sha256(b'5.png').hexdigest()[:8], 16) % 5 == 0
TEST(ImageFolderTest, TheHashOfTheNameChoosesThePart) {
  Files files;
  for (int i = 0; i < 20; ++i) {
    for (const char* name : {"cat", "dog"}) files[name + ("/" + std::to_string(i)) + ".png"] = "not read";
  }
  EXPECT_THAT(Names(ListImageFolder(FolderOf(files))->test),
              ElementsAre("cat/13.png", "dog/13.png", "cat/14.png", "dog/14.png", "cat/4.png", "dog/4.png", "cat/9.png",
                          "dog/9.png"));
}

TEST(ImageFolderTest, ATrainIsAClassToo) {
  Files files;
  for (int i = 0; i < 20; ++i) {
    for (const char* name : {"train", "car"}) files[name + ("/" + std::to_string(i)) + ".png"] = "not read";
  }
  EXPECT_THAT(ListImageFolder(FolderOf(files))->class_names, ElementsAre("car", "train"));
}

TEST(ImageFolderTest, AnyFirstAndAnyLastFilesHoldTheClassesInProportion) {
  Files files;
  for (int i = 0; i < 90; ++i) files["train/many/" + std::to_string(i) + ".png"] = "not read";
  for (int i = 0; i < 30; ++i) files["train/few/" + std::to_string(i) + ".png"] = "not read";
  files["test/many/x.png"] = files["test/few/x.png"] = "not read";
  const auto folder = ListImageFolder(FolderOf(files));
  ASSERT_TRUE(folder.ok()) << folder.status();
  int few = 0;
  for (size_t i = 0; i < folder->train.size(); ++i) {
    few += folder->train[i].label == 0;
    EXPECT_NEAR(few, static_cast<double>(i + 1) / 4, 1) << i;
  }
}

TEST(ImageFolderTest, WhatIsNoPictureOrHiddenIsIgnoredAndCounted) {
  Files files = TwoClasses();
  for (const char* name : {"README.md", "loose.png", "train/loose.png", "train/red/notes.txt", "train/red/.hidden.png",
                           "train/.cache/1.png", ".git/train/red/1.png"}) {
    files[name] = "junk";
  }
  const auto folder = ListImageFolder(FolderOf(files));
  ASSERT_TRUE(folder.ok()) << folder.status();
  EXPECT_EQ(folder->train.size(), 3u);
  EXPECT_EQ(folder->ignored, 7);
}

TEST(ImageFolderTest, RefusesWhatCannotBeLearntFrom) {
  using enum absl::StatusCode;
  ExpectRefused({{"notes.txt", ""}}, kNotFound, "/pictures (1 files ignored); expected are ");
  ExpectRefused({{"train/red/1.png", ""}, {"test/red/1.png", ""}}, kDataLoss, "it holds one class only, red, and two");
  ExpectRefused({{"train/red/1.png", ""}, {"train/blue/1.png", ""}}, kNotFound, "no test pictures in ");
  ExpectRefused({{"train/red/1.png", ""}, {"train/blue/1.png", ""}, {"test/green/7.png", ""}}, kDataLoss,
                "class green has test pictures (test/green/7.png) and none to learn from");
  ExpectRefused({{"red/1.png", ""}, {"deep/blue/1.png", ""}}, kDataLoss,
                "deep/blue/1.png and red/1.png do not lie in one tree of classes; expected are ");
  ExpectRefused({{"a/train/red/1.png", ""}, {"b/train/red/1.png", ""}}, kDataLoss, "do not lie in one tree");
  ExpectRefused({{"test/red/1.png", ""}, {"test/blue/1.png", ""}}, kNotFound,
                "has pictures to test on, in test/, and none to learn from");
  EXPECT_EQ(ListImageFolder("/no/such/folder").status().code(), kNotFound);
}

TEST(ImageFolderTest, ABadPictureIsNamedWithItsReason) {
  Files files = TwoClasses();
  files["train/red/2.jpg"] = "GIF89a";
  const std::string path = FolderOf(files);
  const auto folder = ListImageFolder(path);
  const absl::Status status = ReadImages(*folder, folder->train, 4).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(status.message(), path +
                                  "/train/red/2.jpg: neither a JPEG nor a PNG file: it begins with 47 49 46 38; "
                                  "replace or remove it");
  EXPECT_TRUE(ReadImages(*folder, absl::MakeSpan(folder->train).first(2), 4).ok());
}

TEST(ImageFolderTest, AFileThatVanishesIsNamed) {
  const std::string path = FolderOf(TwoClasses());
  const auto folder = ListImageFolder(path);
  std::filesystem::remove(path + "/train/red/2.jpg");
  const absl::Status status = ReadImages(*folder, folder->train, 4).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(std::string(status.message()), HasSubstr("/train/red/2.jpg: No such file"));
}

TEST(ImageFolderTest, MorePicturesThanAreDecodedAtOnceComeOutInTheirOrder) {
  Files files;
  const std::string rest(1 << 20, '.');  // behind a picture's end: read with the file, and not looked at
  for (uint8_t i = 0; i < 40; ++i) {
    files[(i % 2 ? "train/odd/" : "train/even/") + std::to_string(100 + i) + ".png"] = Square({i, 0, 0}) + rest;
  }
  files["test/odd/x.png"] = files["test/even/x.png"] = "not read";
  const auto folder = ListImageFolder(FolderOf(files));
  ASSERT_TRUE(folder.ok()) << folder.status();
  const auto train = ReadImages(*folder, folder->train, 1);
  ASSERT_TRUE(train.ok()) << train.status();
  for (uint8_t i = 0; i < 40; ++i) EXPECT_EQ(std::get<std::vector<uint8_t>>(train->values)[3 * i], i);
}

}  // namespace
}  // namespace dl
