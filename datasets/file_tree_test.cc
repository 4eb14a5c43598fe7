#include "datasets/file_tree.h"

#include <filesystem>
#include <fstream>
#include <numeric>

#include "datasets/testing.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace dl {
namespace {

namespace fs = std::filesystem;

using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

// Content that does not pack well, and more than is read at once.
std::string Noise() {
  std::string noise;
  for (uint32_t i = 0, x = 1; i < 200000; ++i) noise += static_cast<char>((x = x * 1664525 + 1013904223) >> 24);
  return noise;
}

Files SomeFiles() { return {{"a/2.txt", "two"}, {"a/b/1.bin", Noise()}, {"empty", ""}, {"z", "last"}}; }

// The same files as a folder and as archives of each kind.
std::vector<std::string> AllKinds(const Files& files) {
  const std::string folder = EmptyFolder("kinds");
  WriteFiles(folder + "/folder", files);
  std::vector<std::string> paths = {folder + "/folder"};
  for (const char* name : {"files.tar", "files.tar.gz", "files.zip"}) {
    paths.push_back(folder + "/" + name);
    WriteArchive(paths.back(), files);
  }
  return paths;
}

// What is read of the files, by name.
absl::StatusOr<Files> Read(const std::string& path, const std::vector<std::string>& names) {
  Files files;
  const absl::Status status = ReadFiles(path, names, [&](size_t i, std::string bytes) {
    EXPECT_TRUE(files.emplace(names[i], bytes).second) << names[i] << " is read twice";
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return files;
}

void ExpectFailure(const absl::Status& status, absl::StatusCode code, const std::string& why) {
  EXPECT_EQ(status.code(), code) << status;
  EXPECT_THAT(std::string(status.message()), HasSubstr(why));
  EXPECT_EQ(status.message().find('\n'), absl::string_view::npos);
}

TEST(FileTreeTest, FoldersAndArchivesAreReadAlike) {
  for (const std::string& path : AllKinds(SomeFiles())) {
    const auto names = ListFiles(path);
    ASSERT_TRUE(names.ok()) << names.status();
    EXPECT_THAT(*names, ElementsAre("a/2.txt", "a/b/1.bin", "empty", "z")) << path;
    EXPECT_EQ(*Read(path, *names), SomeFiles()) << path;
    EXPECT_EQ(*Read(path, {"z", "a/2.txt"}), (Files{{"a/2.txt", "two"}, {"z", "last"}})) << path;
    EXPECT_EQ(*Read(path, {}), Files{});
  }
}

TEST(FileTreeTest, LettersOfEveryAlphabetMayStandInNames) {
  for (const std::string& path : AllKinds({{"Käfer/蟻.jpg", "ant"}})) {
    const auto names = ListFiles(path);
    ASSERT_TRUE(names.ok()) << names.status();
    EXPECT_THAT(*names, ElementsAre("Käfer/蟻.jpg")) << path;
    EXPECT_EQ(*Read(path, *names), (Files{{"Käfer/蟻.jpg", "ant"}})) << path;
  }
}

TEST(FileTreeTest, ADotBeforeTheNamesOfAnArchiveIsTakenAway) {
  const std::string path = EmptyFolder("dot") + "/files.tar";
  WriteArchive(path, {{"./train/1", "one"}});
  EXPECT_THAT(*ListFiles(path), ElementsAre("train/1"));
  EXPECT_EQ(*Read(path, {"train/1"}), (Files{{"train/1", "one"}}));
}

TEST(FileTreeTest, LinksAreFollowedButNotInCircles) {
  const std::string folder = EmptyFolder("links");
  WriteFiles(folder, {{"elsewhere/x", "X"}, {"tree/a", "A"}});
  fs::create_directory_symlink(folder + "/elsewhere", folder + "/tree/b");
  fs::create_directory_symlink(folder + "/tree", folder + "/tree/c");
  const auto names = ListFiles(folder + "/tree");
  ASSERT_TRUE(names.ok()) << names.status();
  EXPECT_THAT(*names, testing::Contains("b/x"));
  EXPECT_THAT(*names, SizeIs(2 * kDeepestFolder - 1));  // a on each of four levels, b/x on the first three
  EXPECT_EQ(*Read(folder + "/tree", {"b/x"}), (Files{{"b/x", "X"}}));
}

TEST(FileTreeTest, ALinkToNowhereIsListedAndItsReadingNamed) {
  const std::string folder = EmptyFolder("links");
  fs::create_symlink(folder + "/nowhere", folder + "/broken");
  EXPECT_THAT(*ListFiles(folder), ElementsAre("broken"));
  ExpectFailure(Read(folder, {"broken"}).status(), absl::StatusCode::kNotFound, "/broken: No such file");
}

TEST(FileTreeTest, WhatIsMissingIsNamed) {
  ExpectFailure(ListFiles("/no/such.tar").status(), absl::StatusCode::kNotFound, "cannot read /no/such.tar: no such");
  for (const std::string& path : AllKinds(SomeFiles())) {
    ExpectFailure(Read(path, {"z", "missing"}).status(), absl::StatusCode::kNotFound, "missing");
  }
}

TEST(FileTreeTest, TheFirstFailureOfTheVisitEndsIt) {
  for (const std::string& path : AllKinds(SomeFiles())) {
    int visits = 0;
    const absl::Status status = ReadFiles(path, {"a/2.txt", "z"}, [&](size_t, const std::string&) {
      ++visits;
      return absl::DataLossError("enough");
    });
    EXPECT_EQ(status.message(), "enough");
    EXPECT_EQ(visits, 1);
  }
}

TEST(FileTreeTest, RefusesWhatIsNoArchive) {
  const std::string folder = EmptyFolder("none");
  WriteFiles(folder, {{"photo.tar", "not an archive at all"}, {"empty.zip", ""}});
  ExpectFailure(ListFiles(folder + "/photo.tar").status(), absl::StatusCode::kDataLoss,
                "/photo.tar cannot be read as a .tar, .tar.gz or .zip archive: Unrecognized archive format; give a ");
  ExpectFailure(ListFiles(folder + "/empty.zip").status(), absl::StatusCode::kDataLoss, "/empty.zip cannot be read");
}

TEST(FileTreeTest, RefusesADamagedArchive) {
  for (const std::string& path : AllKinds({{"a", Noise()}, {"b", "last"}})) {
    if (fs::is_directory(path)) continue;
    fs::resize_file(path, 100000);
    const auto names = ListFiles(path);
    const absl::Status status = names.ok() ? Read(path, {"a", "b"}).status() : names.status();
    ExpectFailure(status, absl::StatusCode::kDataLoss,
                  path + (path.ends_with(".gz") ? " is a damaged gzip file: " : " cannot be read as a .tar"));
  }
}

TEST(FileTreeTest, RefusesAFlippedBitInAPackedFile) {
  for (const std::string& path : AllKinds({{"a", Noise()}})) {
    if (path.ends_with(".tar") || fs::is_directory(path)) continue;
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekg(100000);
    const char byte = static_cast<char>(file.get() ^ 1);
    file.seekp(100000);
    file.put(byte);
    file.close();
    const auto names = ListFiles(path);
    const absl::Status status = names.ok() ? Read(path, {"a"}).status() : names.status();
    ExpectFailure(status, absl::StatusCode::kDataLoss,
                  path + (path.ends_with(".gz") ? " is a damaged gzip file: " : " cannot be read as a .tar"));
  }
}

// 512 bytes of header, 64,000 and the two empty blocks of the end are one reading; padding and checksum follow.
TEST(FileTreeTest, TheChecksumCountsThoughTheArchiveEndsBefore) {
  const std::string path = EmptyFolder("sum") + "/files.tar.gz";
  WriteArchive(path, {{"a", Noise().substr(0, 64000)}});
  fs::resize_file(path, fs::file_size(path) - 4);
  ExpectFailure(ListFiles(path).status(), absl::StatusCode::kDataLoss, "is a damaged gzip file: it ends too early");
  ExpectFailure(Read(path, {"a"}).status(), absl::StatusCode::kDataLoss, "is a damaged gzip file: it ends too early");
}

TEST(FileTreeTest, RefusesTwoFilesOfOneName) {
  const std::string path = EmptyFolder("twice") + "/files.tar";
  WriteArchive(path, {{"./a", "one"}, {"a", "two"}});
  ExpectFailure(ListFiles(path).status(), absl::StatusCode::kDataLoss, "it holds a twice");
}

}  // namespace
}  // namespace dl
