#include "modules/cnn/commands/evaluate.h"

#include <algorithm>
#include <filesystem>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "modules/base/file.h"
#include "modules/cnn/commands/train.h"

namespace dl {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string Folder(const std::string& name) { return ::testing::TempDir() + "/" + name; }

// A run of so many epochs, made once.
std::string TrainedFor(int epochs) {
  const std::string folder = Folder("trained" + std::to_string(epochs));
  if (!std::filesystem::exists(folder)) {
    ::testing::internal::CaptureStderr();
    ::testing::internal::CaptureStdout();
    EXPECT_TRUE(Train({"--model=lenet", "--dataset=glyphs", "--train_size=400", "--test_size=100",
                       "--epochs=" + std::to_string(epochs), "--output_dir=" + folder})
                    .ok());
    ::testing::internal::GetCapturedStdout();
    ::testing::internal::GetCapturedStderr();
  }
  return folder;
}

absl::Status RunEvaluate(const std::vector<std::string>& flags, std::string* out) {
  ::testing::internal::CaptureStdout();
  absl::Status status = Evaluate(flags);
  *out = ::testing::internal::GetCapturedStdout();
  return status;
}

size_t Rows(const std::string& path) {
  const std::string text = *ReadFile(path);
  return std::count(text.begin(), text.end(), '\n') - 1;
}

std::string LineTwo(const std::string& path) {
  const std::string text = *ReadFile(path);
  const size_t begin = text.find('\n') + 1;
  return text.substr(begin, text.find('\n', begin) - begin);
}

TEST(EvaluateTest, SaysWhatTrainingSaid) {
  const std::string out_dir = Folder("same");
  std::string out;
  ASSERT_TRUE(RunEvaluate({"--checkpoint=" + TrainedFor(3), "--output_dir=" + out_dir}, &out).ok());
  const std::string trained = LineTwo(TrainedFor(3) + "/summary.csv"), tested = LineTwo(out_dir + "/summary.csv");
  EXPECT_EQ(tested.substr(tested.find(",100,")), trained.substr(trained.find(",100,")));
  EXPECT_EQ(*ReadFile(out_dir + "/confusion.csv"), *ReadFile(TrainedFor(3) + "/confusion.csv"));
  EXPECT_EQ(Rows(out_dir + "/metrics.csv"), 100u);
  EXPECT_TRUE(std::filesystem::exists(out_dir + "/errors.png"));
  EXPECT_FALSE(std::filesystem::exists(out_dir + "/mcnemar.csv"));
}

TEST(EvaluateTest, AgainstAnotherItAsksWhetherTheyDiffer) {
  const std::string out_dir = Folder("against");
  std::string out;
  ASSERT_TRUE(
      RunEvaluate({"--checkpoint=" + TrainedFor(12), "--against=" + TrainedFor(1), "--output_dir=" + out_dir}, &out)
          .ok());
  EXPECT_EQ(Rows(out_dir + "/summary.csv"), 2u);
  EXPECT_TRUE(std::filesystem::exists(out_dir + "/against_confusion.csv"));
  const std::string line = LineTwo(out_dir + "/mcnemar.csv");
  EXPECT_THAT(line, StartsWith(TrainedFor(12) + "," + TrainedFor(1) + ","));
  EXPECT_LT(std::stod(line.substr(line.rfind(',') + 1)), 0.05);
  EXPECT_THAT(out, HasSubstr("p_value"));
  EXPECT_TRUE(
      RunEvaluate({"--checkpoint=" + TrainedFor(1), "--against=" + TrainedFor(1), "--output_dir=" + out_dir}, &out)
          .ok());
  const std::string same = LineTwo(out_dir + "/mcnemar.csv");
  EXPECT_EQ(same.substr(same.rfind(',')), ",1");
}

// The fifth that the temperature is fitted to is not tested on.
TEST(EvaluateTest, TheTemperatureChangesNoAnswer) {
  const std::string out_dir = Folder("temperature");
  std::string out;
  ASSERT_TRUE(RunEvaluate({"--checkpoint=" + TrainedFor(3), "--temperature", "--output_dir=" + out_dir}, &out).ok());
  EXPECT_EQ(Rows(out_dir + "/summary.csv"), 2u);
  EXPECT_EQ(Rows(out_dir + "/metrics.csv"), 2u * 80u);
  const std::string metrics = *ReadFile(out_dir + "/metrics.csv");
  EXPECT_THAT(metrics, HasSubstr(",1,79,"));
  EXPECT_THAT(metrics, Not(HasSubstr(",1,80,")));
  EXPECT_EQ(
      RunEvaluate({"--checkpoint=" + TrainedFor(3), "--temperature", "--test_size=4", "--output_dir=" + out_dir}, &out)
          .code(),
      absl::StatusCode::kInvalidArgument);
}

TEST(EvaluateTest, OtherExamplesViewsAndPrecision) {
  const std::string out_dir = Folder("other");
  std::string out;
  const auto summary = [&](const std::string& flag) {
    EXPECT_TRUE(RunEvaluate({"--checkpoint=" + TrainedFor(3), flag, "--output_dir=" + out_dir}, &out).ok()) << flag;
    return LineTwo(out_dir + "/summary.csv");
  };
  const std::string plain = summary("--dataset=glyphs");
  EXPECT_THAT(plain, HasSubstr(",glyphs,1,2000,"));
  EXPECT_THAT(summary("--test_size=50"), HasSubstr(",glyphs,1,50,"));
  EXPECT_NE(summary("--views=6"), summary("--views=1"));
}

TEST(EvaluateTest, WhatCannotBeUsedIsNamed) {
  const auto expect = [](const std::vector<std::string>& flags, absl::StatusCode code, const std::string& part) {
    std::string out;
    const absl::Status status = RunEvaluate(flags, &out);
    EXPECT_EQ(status.code(), code) << part;
    EXPECT_THAT(std::string(status.message()), HasSubstr(part));
  };
  const std::string good = "--checkpoint=" + TrainedFor(1);
  expect({}, absl::StatusCode::kInvalidArgument, "evaluate wants --checkpoint=FOLDER");
  expect({"--checkpoint=/nowhere"}, absl::StatusCode::kFailedPrecondition,
         "there is no checkpoint /nowhere/last.safetensors");
  expect({good, "--against=/nowhere"}, absl::StatusCode::kFailedPrecondition,
         "there is no checkpoint /nowhere/last.safetensors");
  expect({good, "--dataset=shapes"}, absl::StatusCode::kInvalidArgument, "the network reads examples of [1, 28, 28]");
  expect({good, "--precision=f16"}, absl::StatusCode::kInvalidArgument, "unknown precision 'f16'");
  expect({good, "--views=2"}, absl::StatusCode::kInvalidArgument, "flag --views wants 1 or 6, not 2");
  expect({good, "--vews=1"}, absl::StatusCode::kInvalidArgument, "did you mean '--views'?");
  expect({good, "more"}, absl::StatusCode::kInvalidArgument, "unexpected word 'more'");
}

}  // namespace
}  // namespace dl
