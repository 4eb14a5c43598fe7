#include "modules/training/figures.h"

#include <cstdlib>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "modules/base/file.h"

namespace dl {
namespace {

using ::testing::ElementsAre;

class FiguresTest : public ::testing::Test {
 protected:
  void SetUp() override { setenv("DL_FIGURES", folder_.c_str(), 1); }
  void TearDown() override { unsetenv("DL_FIGURES"); }

  void List(const std::string& json) { ASSERT_TRUE(WriteFile(folder_ + "/figures.json", json).ok()); }

  const std::string folder_ = ::testing::TempDir();
};

TEST_F(FiguresTest, AreDrawnFromTheRunTheyShow) {
  List(R"({"figures": [
      {"name": "curves", "experiment": "a", "command": ["/bin/cp", "{result}/metrics.csv", "{figure}.svg"]},
      {"name": "others", "experiment": "b", "command": ["/bin/cp", "{result}/metrics.csv", "{figure}.svg"]},
      {"name": "broken", "experiment": "a", "command": ["/bin/false"]}]})");
  ASSERT_TRUE(WriteFile(folder_ + "/metrics.csv", "x\n1\n").ok());
  const auto drawn = DrawFigures("a", folder_);
  ASSERT_TRUE(drawn.ok()) << drawn.status();
  EXPECT_THAT(*drawn, ElementsAre("curves"));
  EXPECT_EQ(*ReadFile(folder_ + "/curves.svg"), "x\n1\n");
  EXPECT_FALSE(ReadFile(folder_ + "/others.svg").ok());
}

TEST_F(FiguresTest, ThereAreNoneWithoutAList) {
  unsetenv("DL_FIGURES");
  EXPECT_THAT(*DrawFigures("a", folder_), ElementsAre());
}

TEST_F(FiguresTest, ADamagedListIsRefused) {
  List("[");
  EXPECT_EQ(DrawFigures("a", folder_).status().code(), absl::StatusCode::kDataLoss);
}

}  // namespace
}  // namespace dl
