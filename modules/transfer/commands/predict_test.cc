#include "modules/transfer/commands/predict.h"

#include "datasets/image.h"
#include "datasets/testing.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "modules/base/file.h"
#include "modules/cnn/network_by_name.h"
#include "modules/primitives/reduction.h"
#include "modules/primitives/reorder.h"
#include "modules/primitives/testing.h"
#include "modules/training/safetensors.h"
#include "modules/transfer/save_weights.h"

namespace dl {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

class PredictTest : public ::testing::Test {
 protected:
  void SetUp() override {
    Random random(1);
    network_ = *NetworkByName("resnet20", {.image = {3, 32, 32}, .classes = 10}, random);
    ASSERT_TRUE(SaveWeights(network_, weights_).ok());
  }

  std::vector<std::string> With(std::vector<std::string> flags) const {
    flags.insert(flags.begin(), {"--arch=resnet20", "--weights=" + weights_});
    return flags;
  }

  std::string Output(const std::vector<std::string>& flags) const {
    ::testing::internal::CaptureStdout();
    const absl::Status status = PredictCommand(With(flags));
    EXPECT_TRUE(status.ok()) << status;
    return ::testing::internal::GetCapturedStdout();
  }

  void ExpectRefused(const std::vector<std::string>& flags, absl::StatusCode code, const std::string& part) const {
    const absl::Status status = PredictCommand(flags);
    EXPECT_EQ(status.code(), code) << status;
    EXPECT_THAT(std::string(status.message()), HasSubstr(part));
    EXPECT_EQ(status.message().find('\n'), absl::string_view::npos);
  }

  const std::string folder_ = EmptyFolder("predict"), weights_ = folder_ + "/weights.safetensors",
                    input_ = folder_ + "/input.safetensors", output_ = folder_ + "/output.safetensors";
  Sequential network_;
};

TEST_F(PredictTest, AnswersTheInputs) {
  const Tensor x = testing::RandomTensor({5, 3, 40, 36}, 1);
  ASSERT_TRUE(WriteSafeTensors(input_, {{{"input", x}}, {}}).ok());
  EXPECT_THAT(Output({"--input=" + input_, "--output=" + output_}), StartsWith("Logits [5, 10]: " + output_));
  const auto file = ReadSafeTensors(output_);
  ASSERT_TRUE(file.ok()) << file.status();
  ASSERT_EQ(file->tensors.size(), 1u);
  const Tensor logits = std::get<Tensor>(file->tensors.at("logits"));
  const Tensor expected = ToPlain(network_.Forward(x, {}).value());
  ASSERT_EQ(logits.shape(), (Shape{5, 10}));
  for (int64_t i = 0; i < logits.size(); ++i) ASSERT_NEAR(logits.data()[i], expected.data()[i], 1e-5) << i;
}

// Large or small, a picture of one colour is shown as 32 by 32 pixels of it.
TEST_F(PredictTest, NamesTheFiveLikeliestClassesOfPhotos) {
  const std::string photos = folder_ + "/photos";
  Image black(50, 40);
  FillRectangle(0, 0, 50, 40, kBlack, &black);
  WriteFiles(photos, {{"b/black.png", PngBytes(black)}, {"a.PNG", PngBytes(Image(32, 32))}, {"notes.txt", "no photo"}});
  const std::string out = Output({"--images=" + photos});
  EXPECT_THAT(out, ::testing::ContainsRegex("^a.PNG\n( +[0-9.]+ %  class [0-9]\n){5}b/black.png\n"
                                            "( +[0-9.]+ %  class [0-9]\n){5}$"));

  Tensor white({1, 3, 32, 32});
  for (int64_t i = 0; i < white.size(); ++i) {
    const int64_t c = i / 1024;
    white.mutable_data()[i] = (1 - std::vector{0.485f, 0.456f, 0.406f}[c]) / std::vector{0.229f, 0.224f, 0.225f}[c];
  }
  const int64_t best = ArgMax(ToPlain(network_.Forward(white, {}).value()))[0];
  const std::vector<std::string> lines = {"zero", "one", "two",   "three", "four",
                                          "five", "six", "seven", "eight", "nine"};
  std::string labels;
  for (const std::string& line : lines) labels += line + "\r\n";
  ASSERT_TRUE(WriteFile(folder_ + "/labels.txt", labels).ok());
  const std::string named = Output({"--images=" + photos, "--labels=" + folder_ + "/labels.txt"});
  EXPECT_THAT(named.substr(0, named.find('\n', 8)), ::testing::EndsWith("%  " + lines[best]));
}

TEST_F(PredictTest, WhatFitsIsTakenWhereThatIsAskedFor) {
  ASSERT_TRUE(WriteSafeTensors(input_, {{{"input", Tensor::Zeros({1, 3, 32, 32})}}, {}}).ok());
  ::testing::internal::CaptureStderr();
  Output({"--input=" + input_, "--output=" + output_, "--classes=7", "--nostrict"});
  EXPECT_THAT(::testing::internal::GetCapturedStderr(), HasSubstr("2 mismatched ('linear.weight' is"));
}

TEST_F(PredictTest, FlagsThatMakeNoSenseAreRefused) {
  const auto kUsage = absl::StatusCode::kInvalidArgument;
  ExpectRefused({"--arch=resnet20", "--input=a", "--output=b"}, kUsage, "flag --weights wants");
  ExpectRefused(With({}), kUsage, "either --input=FILE --output=FILE or --images=FOLDER");
  ExpectRefused(With({"--input=a", "--output=b", "--images=c"}), kUsage, "either");
  ExpectRefused(With({"--input=a"}), kUsage, "--input and --output go together");
  ExpectRefused(With({"--images=a", "--output=b"}), kUsage, "--input and --output go together");
  ExpectRefused({"--arch=sqeezenet", "--weights=a", "--images=b"}, kUsage, "did you mean 'squeezenet1_0'?");
  ExpectRefused(With({"--images=a", "--classes=-1"}), kUsage, "flag --classes wants");
  ExpectRefused({"--arch=lenet", "--weights=a", "--images=" + folder_}, kUsage, "--arch=lenet reads grey images");
  ExpectRefused(With({"more"}), kUsage, "unexpected word 'more'");
}

TEST_F(PredictTest, BadFilesAreNamed) {
  const auto kData = absl::StatusCode::kDataLoss;
  const std::string input = "--input=" + input_, output = "--output=" + output_;
  ExpectRefused(With({input, output}), kData, input_);
  ASSERT_TRUE(WriteSafeTensors(input_, {{{"inputs", Tensor::Zeros({1, 3, 32, 32})}}, {}}).ok());
  ExpectRefused(With({input, output}), kData, "holds no tensor 'input' of floats");
  for (const Shape& shape : {Shape{3, 32, 32}, Shape{0, 3, 32, 32}}) {
    ASSERT_TRUE(WriteSafeTensors(input_, {{{"input", Tensor::Zeros(shape)}}, {}}).ok());
    ExpectRefused(With({input, output}), kData, "'input' is " + ToString(shape));
  }
  ASSERT_TRUE(WriteSafeTensors(input_, {{{"input", Tensor::Zeros({1, 3, 32, 32})}}, {}}).ok());
  ExpectRefused(With({input, output, "--classes=7"}), absl::StatusCode::kFailedPrecondition, "linear.weight");
  ExpectRefused({"--arch=squeezenet1_0", "--weights=" + weights_, "--input=" + input_, "--output=/no/where"},
                absl::StatusCode::kFailedPrecondition, "features.0.weight");
  ExpectRefused(With({input, "--output=/no/where"}), absl::StatusCode::kPermissionDenied, "/no/where");

  const std::string photos = folder_ + "/bad";
  ExpectRefused(With({"--images=" + photos}), absl::StatusCode::kNotFound, photos);
  WriteFiles(photos, {{"notes.txt", "no photo"}});
  ExpectRefused(With({"--images=" + photos}), absl::StatusCode::kNotFound, "no pictures in " + photos);
  WriteFiles(photos, {{"a.jpg", "no photo"}, {"few.txt", "cat\ndog\n"}, {"none.txt", ""}});
  ExpectRefused(With({"--images=" + photos}), kData, photos + "/a.jpg");
  ExpectRefused(With({"--images=" + photos, "--labels=" + photos + "/none.txt"}), kData, "is empty");
  ExpectRefused(With({"--images=" + photos, "--classes=10", "--labels=" + photos + "/few.txt"}), kData,
                "names 2 classes, there are 10");
  ExpectRefused(With({"--images=" + photos, "--labels=" + photos + "/few.txt"}), absl::StatusCode::kFailedPrecondition,
                "linear.weight");
}

}  // namespace
}  // namespace dl
