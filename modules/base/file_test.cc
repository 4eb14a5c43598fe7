#include "modules/base/file.h"

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
