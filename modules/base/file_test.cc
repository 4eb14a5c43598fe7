#include "modules/base/file.h"

#include <sys/resource.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>

#include "gtest/gtest.h"

namespace dl {
namespace {

std::string Path(const std::string& name) { return ::testing::TempDir() + "/" + name; }

TEST(FileTest, WritesWholeAndReadsBack) {
  const std::string bytes("a\0b\n", 4);
  ASSERT_TRUE(WriteFile(Path("whole"), bytes).ok());
  EXPECT_EQ(*ReadFile(Path("whole")), bytes);
  ASSERT_TRUE(WriteFile(Path("whole"), "").ok());
  EXPECT_EQ(*ReadFile(Path("whole")), "");
}

TEST(FileTest, AFailedWriteLeavesTheOldContentAndNothingElse) {
  const std::string folder = Path("full");
  std::filesystem::create_directories(folder + "/taken/inside");  // a folder stands where the file should go
  EXPECT_EQ(WriteFile(folder + "/taken", "x").code(), absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder), std::filesystem::directory_iterator()), 1);
}

TEST(FileTest, WritesPiecesInARow) {
  ASSERT_TRUE(WriteFile(Path("pieces"), {"one ", "", "two"}).ok());
  EXPECT_EQ(*ReadFile(Path("pieces")), "one two");
}

// A limit on the size of files stands for a disk that is full.
TEST(FileTest, AFullDiskLeavesTheOldContentAndNothingElse) {
  const std::string folder = Path("limited");
  std::filesystem::create_directories(folder);
  ASSERT_TRUE(WriteFile(folder + "/file", "old").ok());
  rlimit before;
  getrlimit(RLIMIT_FSIZE, &before);
  const auto signal_before = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit limit = {1 << 16, before.rlim_max};
  setrlimit(RLIMIT_FSIZE, &limit);
  const absl::Status status = WriteFile(folder + "/file", std::string(1 << 17, 'x'));
  setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, signal_before);
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted) << status;
  EXPECT_EQ(*ReadFile(folder + "/file"), "old");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder), std::filesystem::directory_iterator()), 1);
}

TEST(FileTest, AFileTakesThePlaceOfAnother) {
  ASSERT_TRUE(WriteFile(Path("new"), "new").ok());
  ASSERT_TRUE(WriteFile(Path("place"), "old").ok());
  ASSERT_TRUE(ReplaceFile(Path("new"), Path("place")).ok());
  EXPECT_EQ(*ReadFile(Path("place")), "new");
  EXPECT_FALSE(std::filesystem::exists(Path("new")));
  EXPECT_EQ(ReplaceFile(Path("none"), Path("place")).code(), absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(*ReadFile(Path("place")), "new");
}

TEST(FileTest, NamesTheFile) {
  EXPECT_EQ(ReadFile("/nowhere/at/all").status().message(), "cannot read /nowhere/at/all: No such file or directory");
  EXPECT_EQ(WriteFile("/nowhere/at/all", "").message(), "cannot write /nowhere/at/all: No such file or directory; choose another place");
}

TEST(FileTest, MakesFolders) {
  EXPECT_TRUE(MakeFolder(Path("a/b/c")).ok());
  EXPECT_TRUE(MakeFolder(Path("a/b/c")).ok());
  EXPECT_EQ(MakeFolder("/dev/null/x").code(), absl::StatusCode::kPermissionDenied);
}

TEST(FileTest, ARelativePathIsTheUsers) {
  unsetenv("BUILD_WORKING_DIRECTORY");
  EXPECT_EQ(UserPath("a/b"), "a/b");
  setenv("BUILD_WORKING_DIRECTORY", "/home/user", 1);
  EXPECT_EQ(UserPath("a/b"), "/home/user/a/b");
  EXPECT_EQ(UserPath("../b"), "/home/b");
  EXPECT_EQ(UserPath("/a/b"), "/a/b");
  unsetenv("BUILD_WORKING_DIRECTORY");
}

}  // namespace
}  // namespace dl
