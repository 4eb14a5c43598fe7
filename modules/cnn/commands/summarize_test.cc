#include "modules/cnn/commands/summarize.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace dl {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string Output(const std::vector<std::string>& flags) {
  ::testing::internal::CaptureStdout();
  const absl::Status status = Summarize(flags);
  EXPECT_TRUE(status.ok()) << status;
  return ::testing::internal::GetCapturedStdout();
}

TEST(SummarizeTest, TellsLayersAndCost) {
  const std::string out = Output({"--model=lenet", "--time=no", "--batch_size=100"});
  EXPECT_THAT(out, StartsWith("lenet for images of 1x28x28 and 10 classes\n\nlayer  kind"));
  EXPECT_THAT(out, HasSubstr("\ncost      61706 parameters; forward 0.4165 million multiply-adds"));
  // 39,496 bytes of activations an image, 246,824 of weights.
  EXPECT_THAT(out, HasSubstr("\nmemory    4.5 MiB to train in batches of 100: 3.8 of activations, 3 x 0.2 of weights"));
  EXPECT_THAT(out, HasSubstr("\ntime      not measured"));
}

TEST(SummarizeTest, MeasuresNetworksThatAreQuick) {
  EXPECT_THAT(Output({"--model=mlp"}), HasSubstr(" an epoch of MNIST's 60000 examples\n"));
  EXPECT_THAT(Output({"--model=resnet18", "--batch_size=4096"}), HasSubstr("--time=yes measures it"));
}

TEST(SummarizeTest, ImagesAndClassesCanBeChosen) {
  EXPECT_THAT(Output({"--model=resnet20", "--image=1x20x30", "--classes=7", "--time=no"}),
              StartsWith("resnet20 for images of 1x20x30 and 7 classes\n"));
  const std::string out = Output({"--model=mlp", "--dataset=moons"});
  EXPECT_THAT(out, StartsWith("mlp for images of 2 and 2 classes\n"));
  EXPECT_THAT(out, HasSubstr("moons's 1000 examples"));
}

TEST(SummarizeTest, MistakesOfTheUserAreNamed) {
  const auto expect = [](const std::string& flag, const std::string& part) {
    const absl::Status status = Summarize({flag});
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << flag;
    EXPECT_THAT(std::string(status.message()), HasSubstr(part)) << flag;
  };
  expect("--model=vgg17", "unknown model 'vgg17'; did you mean 'vgg11'?");
  for (const char* image : {"3x224", "3x0x3", "3x2x2x2", "threex3x3", "3x100000x3"}) {
    expect(std::string("--image=") + image,
           "flag --image wants channels, height and width, as in 3x224x224, of 4194304 numbers at most, not '");
  }
  expect("--classes=-1", "flag --classes wants a number of 0 to 100000, not -1");
  expect("--batch_size=0", "flag --batch_size wants a number of 1 to 65536, not 0");
  expect("--time=soon", "unknown time 'soon'");
  expect("--datset=mnist", "did you mean '--dataset'?");
  expect("more", "unexpected word 'more'");
}

}  // namespace
}  // namespace dl
