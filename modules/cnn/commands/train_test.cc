#include "modules/cnn/commands/train.h"

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "datasets/image.h"
#include "datasets/png_writer.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "modules/base/file.h"
#include "modules/cnn/commands/trained_network.h"
#include "modules/training/interrupt.h"

namespace dl {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::string Folder(const std::string& name) {
  const std::string path = ::testing::TempDir() + "/" + name;
  std::filesystem::remove_all(path);
  return path;
}

struct Outcome {
  absl::Status status;
  std::string out;
};

// `train` with these flags beside a small network and few pictures.
Outcome RunTrain(std::vector<std::string> flags) {
  const std::vector<std::string> small = {"--model=lenet", "--dataset=glyphs", "--train_size=120", "--test_size=40",
                                          "--epochs=2"};
  flags.insert(flags.begin(), small.begin(), small.end());
  ::testing::internal::CaptureStdout();
  ::testing::internal::CaptureStderr();
  absl::Status status = Train(flags);
  ::testing::internal::GetCapturedStderr();
  return {std::move(status), ::testing::internal::GetCapturedStdout()};
}

TEST(TrainTest, SaysWhatItDoesAndKeepsWhatItFound) {
  const std::string folder = Folder("lenet");
  const Outcome outcome = RunTrain({"--output_dir=" + folder});
  ASSERT_TRUE(outcome.status.ok()) << outcome.status;
  EXPECT_THAT(outcome.out,
              StartsWith("data      glyphs: 120 examples to learn from, 40 to test on, [1, 28, 28], 10 classes\n"
                         "model     lenet: 61706 parameters\n"
                         "training  adam, rate 0.001, constant, 2 epochs of 17 batches of 7, augment none\n"
                         "machine   f32, 1 thread\n"));
  EXPECT_THAT(outcome.out, HasSubstr("accuracy_low"));
  EXPECT_THAT(outcome.out, HasSubstr("Results: " + folder));
  for (const char* file : {"last.safetensors", "best.safetensors", "run.json", "metrics.csv", "summary.csv",
                           "per_class.csv", "confusion.csv", "confused.csv", "reliability.csv", "errors.png"}) {
    EXPECT_TRUE(std::filesystem::exists(folder + "/" + file)) << file;
  }
  const std::string metrics = *ReadFile(folder + "/metrics.csv");
  EXPECT_EQ(std::count(metrics.begin(), metrics.end(), '\n'), 1 + 2);
  const auto record = ReadRecord(folder);
  ASSERT_TRUE(record.ok()) << record.status();
  EXPECT_EQ(record->settings.batch_size, 7);
}

TEST(TrainTest, ARunIsNotWrittenOver) {
  const std::string folder = Folder("twice");
  ASSERT_TRUE(RunTrain({"--output_dir=" + folder}).status.ok());
  const absl::Status again = RunTrain({"--output_dir=" + folder}).status;
  EXPECT_EQ(again.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(again.message(), absl::StrCat(folder, " holds the checkpoint of another run: --resume=", folder,
                                          " goes on with it, another --output_dir begins anew"));
}

TEST(TrainTest, WithoutAFolderEachRunGetsANewOne) {
  const std::string here = Folder("here");
  setenv("BUILD_WORKING_DIRECTORY", here.c_str(), 1);
  EXPECT_TRUE(RunTrain({}).status.ok());
  EXPECT_TRUE(RunTrain({}).status.ok());
  unsetenv("BUILD_WORKING_DIRECTORY");
  for (const char* name : {"lenet-glyphs", "lenet-glyphs-2"}) {
    EXPECT_TRUE(std::filesystem::exists(here + "/runs/cnn/train/" + name + "/summary.csv")) << name;
  }
}

// The field under `column` in the last line of a table.
std::string LastCell(const std::string& path, const std::string& column) {
  const std::vector<std::string> lines = absl::StrSplit(*ReadFile(path), '\n', absl::SkipEmpty());
  const std::vector<std::string> names = absl::StrSplit(lines.front(), ','), cells = absl::StrSplit(lines.back(), ',');
  return cells[std::find(names.begin(), names.end(), column) - names.begin()];
}

// What is tested in the end is the network that was trained, on inputs normalized as in training.
TEST(TrainTest, TheEndIsTheLastEpoch) {
  for (const std::string extra : {"--average_decay=0.9", "--nonormalize"}) {
    const std::string folder = Folder("end");
    ASSERT_TRUE(RunTrain({"--output_dir=" + folder, "--epochs=6", extra}).status.ok());
    const std::string accuracy = LastCell(folder + "/summary.csv", "accuracy");
    EXPECT_EQ(accuracy, LastCell(folder + "/metrics.csv", "test_accuracy")) << extra;
    EXPECT_GT(std::stod(accuracy), 0.2) << extra;
  }
}

// Pictures of the user's: a dark and a light class.
TEST(TrainTest, LearnsAnyFolderOfPictures) {
  const std::string here = Folder("user");
  for (int i = 0; i < 40; ++i) {
    Image image(20, 30);
    const auto grey = static_cast<uint8_t>(i % 2 == 0 ? i : 255 - i);
    FillRectangle(0, 0, 20, 30, {grey, grey, grey}, &image);
    const std::string folder = here + "/photos/" + (i % 2 == 0 ? "night" : "day");
    ASSERT_TRUE(MakeFolder(folder).ok());
    ASSERT_TRUE(WriteFile(absl::StrCat(folder, "/", i, ".png"), EncodePng(image)).ok());
  }
  setenv("BUILD_WORKING_DIRECTORY", here.c_str(), 1);
  const Outcome outcome = RunTrain(
      {"--model=mlp", "--dataset=folder:photos", "--image_size=9", "--train_size=0", "--test_size=0", "--epochs=5"});
  const auto record = ReadRecord("runs/cnn/train/mlp-photos");
  unsetenv("BUILD_WORKING_DIRECTORY");
  ASSERT_TRUE(outcome.status.ok()) << outcome.status;
  ASSERT_TRUE(record.ok()) << record.status();
  EXPECT_THAT(record->settings.dataset, AllOf(StartsWith("folder:/"), EndsWith("/user/photos")));  // from anywhere
  EXPECT_EQ(record->image, (Shape{3, 9, 9}));
  EXPECT_EQ(record->class_names, (std::vector<std::string>{"day", "night"}));
  EXPECT_EQ(LastCell(here + "/runs/cnn/train/mlp-photos/summary.csv", "accuracy"), "1");
}

// Stopped by Ctrl-C after a step and gone on with, in another process, it ends as the run that was left alone.
TEST(TrainTest, CtrlCSavesAndTheRunGoesOnAsIfItHadNot) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  const std::string stopped = ::testing::TempDir() + "/stopped";
  EXPECT_EXIT(
      {
        std::filesystem::remove_all(stopped);
        CatchInterrupts();
        std::raise(SIGINT);
        const absl::Status status = RunTrain({"--output_dir=" + stopped, "--seed=3"}).status;
        std::cerr << status.message();
        std::exit(status.code() == absl::StatusCode::kCancelled ? 0 : 1);
      },
      ::testing::ExitedWithCode(0),
      "interrupted after step 1 of epoch 1; saved as .*/stopped/last.safetensors; go on with: "
      "bazel run //modules/cnn -- train --resume=.*/stopped");
  const std::string whole = Folder("whole");
  ASSERT_TRUE(RunTrain({"--output_dir=" + whole, "--seed=3"}).status.ok());
  const absl::Status contradiction = Train({"--resume=" + stopped, "--seed=4", "--epochs=9"});
  EXPECT_EQ(contradiction.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(contradiction.message()), HasSubstr("epochs 2 (now 9), seed 3 (now 4)"));
  EXPECT_EQ(Train({"--resume=" + stopped, "--output_dir=x"}).code(), absl::StatusCode::kInvalidArgument);
  ::testing::internal::CaptureStdout();
  const absl::Status resumed = Train({"--resume=" + stopped});
  ::testing::internal::GetCapturedStdout();
  ASSERT_TRUE(resumed.ok()) << resumed;
  for (const char* file : {"last.safetensors", "metrics.csv", "summary.csv", "confusion.csv"}) {
    EXPECT_EQ(*ReadFile(stopped + "/" + file), *ReadFile(whole + "/" + file)) << file;
  }
}

TEST(TrainTest, NothingIsLeftToTrainOfARunThatIsThrough) {
  const std::string folder = Folder("through");
  ASSERT_TRUE(RunTrain({"--output_dir=" + folder}).status.ok());
  const std::string summary = *ReadFile(folder + "/summary.csv");
  ::testing::internal::CaptureStdout();
  ::testing::internal::CaptureStderr();
  const absl::Status status = Train({"--resume=" + folder});
  ::testing::internal::GetCapturedStdout();
  EXPECT_THAT(::testing::internal::GetCapturedStderr(), Not(HasSubstr("epoch")));
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(*ReadFile(folder + "/summary.csv"), summary);
}

TEST(TrainTest, DivergenceIsNamed) {
  const absl::Status status = RunTrain({"--output_dir=" + Folder("nan"), "--optimizer=sgd", "--rate=1e12"}).status;
  EXPECT_EQ(status.code(), absl::StatusCode::kAborted);
  EXPECT_THAT(std::string(status.message()), HasSubstr("is not finite; a smaller learning rate may help"));
}

TEST(TrainTest, MistakesOfTheUserAreNamed) {
  const auto expect = [](const std::string& flag, const std::string& message) {
    const absl::Status status = RunTrain({flag, "--output_dir=" + Folder("mistakes")}).status;
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << flag;
    EXPECT_EQ(status.message(), message) << flag;
  };
  expect("more", "unexpected word 'more'");
  expect("--batch_size=121", "flag --batch_size wants a number of 1 to 120 (--train_size), not 121");
  expect("--threads=-1", "flag --threads wants a number of 0 to 1024, not -1");
  expect("--dataset=moons",
         "model 'lenet' takes square images of 12x12 pixels or more; these examples are [2]: choose another --model or "
         "--dataset");
  EXPECT_THAT(std::string(RunTrain({"--modle=lenet"}).status.message()), HasSubstr("did you mean '--model'?"));
  EXPECT_EQ(RunTrain({"--dataset=folder:/nowhere"}).status.code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(RunTrain({"--resume=/nowhere"}).status.code(), absl::StatusCode::kFailedPrecondition);
}

TEST(TrainTest, HelpShowsTheModelsDefaults) {
  ::testing::internal::CaptureStdout();
  EXPECT_TRUE(Train({"--model=resnet20", "--dataset=cifar10", "--help"}).ok());
  const std::string help = ::testing::internal::GetCapturedStdout();
  EXPECT_THAT(help, HasSubstr("the highest of the schedule (default 0.1)"));
  EXPECT_THAT(help, HasSubstr("(default crop:4+flip)"));
}

}  // namespace
}  // namespace dl
