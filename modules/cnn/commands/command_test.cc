#include "modules/cnn/commands/command.h"

#include <filesystem>

#include "gtest/gtest.h"
#include "modules/base/file.h"

namespace dl {
namespace {

TEST(CommandTest, FlagsAreSetAndHelpIsPrinted) {
  int number = 1;
  FlagSet flags("a command");
  flags.Add("number", &number, "a number");
  EXPECT_TRUE(*ParseFlags(flags, {"--number=2"}));
  EXPECT_EQ(number, 2);
  EXPECT_EQ(ParseFlags(flags, {"word"}).status().message(), "unexpected word 'word'");
  ::testing::internal::CaptureStdout();
  EXPECT_FALSE(*ParseFlags(flags, {"--help"}));
  EXPECT_EQ(::testing::internal::GetCapturedStdout(), "a command\n  --number  a number (default 1)\n");
}

TEST(CommandTest, HandsOverTheFilesAndSaysWhere) {
  ExperimentResult result{.metrics = Table({"a"}), .summary = Table({"b"}), .seeds = {}, .datasets = {}};
  result.files["errors.png"] = "a picture";
  const std::string folder = ::testing::TempDir() + "/over";
  ::testing::internal::CaptureStdout();
  ASSERT_TRUE(HandOver(folder, {"train", "What?"}, result, {{"seed", "1"}}).ok());
  EXPECT_EQ(::testing::internal::GetCapturedStdout(),
            "Surest mistakes: " + folder + "/errors.png\nResults: " + folder + "\n");
  EXPECT_EQ(*ReadFile(folder + "/errors.png"), "a picture");
  EXPECT_NE(ReadFile(folder + "/run.json")->find("\"question\": \"What?\""), std::string::npos);
}

}  // namespace
}  // namespace dl
