#include "datasets/working_directory.h"

#include <cstdlib>

#include "gtest/gtest.h"

namespace dl {
namespace {

TEST(WorkingDirectoryTest, ARelativePathStandsBelowTheUsersFolder) {
  setenv("BUILD_WORKING_DIRECTORY", "/home/ada", 1);
  EXPECT_EQ(UserPath("a/b.png"), "/home/ada/a/b.png");
  EXPECT_EQ(UserPath("/tmp/b.png"), "/tmp/b.png");
  unsetenv("BUILD_WORKING_DIRECTORY");
  EXPECT_EQ(UserPath("a/b.png"), "a/b.png");
}

}  // namespace
}  // namespace dl
