#include "modules/transfer/pretrained_folder.h"

#include <cstdlib>

#include "datasets/testing.h"
#include "gtest/gtest.h"

namespace dl {
namespace {

TEST(PretrainedFolderTest, TheNearestWishWins) {
  const std::string root = EmptyFolder("root");
  WriteFiles(root, {{"with/datasets/a", ""}, {"with/pretrained/b", ""}, {"without/datasets/a", ""}});
  setenv("BUILD_WORKING_DIRECTORY", "/home/ada/work", 1);
  setenv("XDG_CACHE_HOME", "/cache", 1);
  setenv("DL_DATASETS", (root + "/with/datasets").c_str(), 1);
  setenv("DL_PRETRAINED", "weights", 1);
  EXPECT_EQ(PretrainedFolder("mine"), "/home/ada/work/mine");
  EXPECT_EQ(PretrainedFolder(""), "/home/ada/work/weights");
  unsetenv("DL_PRETRAINED");
  EXPECT_EQ(PretrainedFolder(""), root + "/with/datasets/../pretrained");
  setenv("DL_DATASETS", (root + "/without/datasets").c_str(), 1);
  EXPECT_EQ(PretrainedFolder(""), "/cache/deep-learning/pretrained");
  unsetenv("DL_DATASETS");
  EXPECT_EQ(PretrainedFolder(""), "/cache/deep-learning/pretrained");
  unsetenv("BUILD_WORKING_DIRECTORY");
}

}  // namespace
}  // namespace dl
