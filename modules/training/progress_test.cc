#include "modules/training/progress.h"

#include <algorithm>
#include <chrono>
#include <sstream>
#include <thread>

#include "gtest/gtest.h"

namespace dl {
namespace {

TEST(ProgressTest, FormatsDurations) {
  EXPECT_EQ(FormatDuration(0), "0:00");
  EXPECT_EQ(FormatDuration(62.6), "1:03");
  EXPECT_EQ(FormatDuration(3723), "1:02:03");
}

TEST(ProgressTest, PlainLinesOneAnEpochWithoutATerminal) {
  std::ostringstream out;
  Progress progress(out, {});
  progress.Begin("mlp", 2, 4);
  for (int epoch = 0; epoch < 2; ++epoch) {
    progress.Step(64, 0.5, 0.8);
    progress.Step(64, 0.5, 0.8);
    progress.Epoch(epoch, 0.25, 0.875, 0.75);
  }
  progress.EndLine();
  const std::string text = out.str();
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 2);
  EXPECT_NE(text.find("mlp  epoch 1/2  "), std::string::npos) << text;
  EXPECT_NE(text.find("mlp  epoch 2/2  "), std::string::npos) << text;
  EXPECT_NE(text.find("loss 0.2500  accuracy 87.50 %  test 75.00 %\n"), std::string::npos) << text;
  EXPECT_EQ(text.find('\033'), std::string::npos);
}

// 98 of 100 steps were made before, by another process: the time left is told from the one that this process made.
TEST(ProgressTest, ARunThatGoesOnCountsOnlyItsOwnTime) {
  std::ostringstream out;
  Progress progress(out, {.terminal = true, .color = false});
  progress.Begin("mlp", 2, 100, 98);
  std::this_thread::sleep_for(std::chrono::milliseconds(600));
  progress.Step(64, 0.5, 0.8);
  EXPECT_NE(out.str().find("mlp  epoch 2/2  "), std::string::npos) << out.str();
  EXPECT_EQ(out.str().find("ETA 0:00"), std::string::npos) << out.str();
}

TEST(ProgressTest, PartsAreCountedAndLinesAreNotMany) {
  std::ostringstream out;
  Progress progress(out, {});
  for (int i = 0; i < 1000; ++i) progress.Part("depth 8", i, 1000);
  EXPECT_EQ(out.str().substr(0, out.str().find('\n')), "0/1000  depth 8");
  EXPECT_LT(std::count(out.str().begin(), out.str().end(), '\n'), 1000);
}

TEST(ProgressTest, ATerminalSeesOneLineRedrawn) {
  std::ostringstream out;
  Progress progress(out, {.terminal = true, .color = false});
  progress.Begin("mlp", 2, 2);
  progress.Step(64, 0.5, 0.8);
  progress.Epoch(0, 0.25, 0.875, 0.75);
  progress.Epoch(1, 0.25, 0.875, 0.75);
  progress.EndLine();
  const std::string text = out.str();
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1);
  EXPECT_EQ(text.find("\033[1m"), std::string::npos);
  EXPECT_NE(text.find("\r\033[K"), std::string::npos);
}

}  // namespace
}  // namespace dl
