#include "modules/transfer/pretrained_network.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "modules/primitives/reorder.h"
#include "modules/primitives/testing.h"
#include "modules/training/safetensors.h"
#include "modules/transfer/save_weights.h"

namespace dl {
namespace {

using ::testing::HasSubstr;

const NetworkTask kTask = {.image = {3, 32, 32}, .classes = 4};

std::string Path(const std::string& name) { return ::testing::TempDir() + "/" + name; }

// A ResNet-20 for kTask whose running statistics are not those that any network starts with.
Sequential Trained() {
  Random random(7);
  Sequential network = *NetworkByName("resnet20", kTask, random);
  network.Forward(testing::RandomTensor({8, 3, 32, 32}, 1), {.training = true});
  return network;
}

TEST(PretrainedNetworkTest, AnswersAsTheNetworkThatWasSaved) {
  Sequential trained = Trained();
  ASSERT_TRUE(SaveWeights(trained, Path("a.safetensors")).ok());
  absl::StatusOr<Sequential> loaded = PretrainedNetwork("resnet20", kTask, Path("a.safetensors"));
  ASSERT_TRUE(loaded.ok()) << loaded.status();
  const Tensor x = testing::RandomTensor({2, 3, 32, 32}, 2);
  const Tensor expected = ToPlain(trained.Forward(x, {}).value()), y = ToPlain(loaded->Forward(x, {}).value());
  for (int64_t i = 0; i < y.size(); ++i) ASSERT_EQ(y.data()[i], expected.data()[i]) << i;
}

TEST(PretrainedNetworkTest, PyTorchsCountersDoNotMatter) {
  ASSERT_TRUE(SaveWeights(Trained(), Path("b.safetensors")).ok());
  SafeTensors file = *ReadSafeTensors(Path("b.safetensors"));
  file.tensors["bn1.num_batches_tracked"] = Numbers<int64_t>{{}, {7}};
  ASSERT_TRUE(WriteSafeTensors(Path("b.safetensors"), file).ok());
  EXPECT_TRUE(PretrainedNetwork("resnet20", kTask, Path("b.safetensors")).ok());
}

TEST(PretrainedNetworkTest, WhatDoesNotFitIsNamed) {
  const auto expect = [](const std::string& architecture, const NetworkTask& task, const std::string& path,
                         absl::StatusCode code, const std::string& part) {
    const absl::Status status = PretrainedNetwork(architecture, task, path).status();
    EXPECT_EQ(status.code(), code) << status;
    EXPECT_THAT(std::string(status.message()), HasSubstr(part));
    EXPECT_EQ(status.message().find('\n'), absl::string_view::npos);
  };
  const std::string path = Path("c.safetensors");
  ASSERT_TRUE(SaveWeights(Trained(), path).ok());
  const auto kUnfit = absl::StatusCode::kFailedPrecondition;
  expect("resnet20", {.image = {3, 32, 32}, .classes = 5}, path, kUnfit, "linear.weight");
  expect("resnet20", {.image = {1, 32, 32}, .classes = 4}, path, kUnfit, "conv1.weight");
  expect("resnet32", kTask, path, kUnfit, "layer1.3.conv1.weight");
  expect("small-cnn", kTask, path, kUnfit, path);
  expect("resnet20", kTask, Path("nowhere.safetensors"), kUnfit, "nowhere.safetensors");
  expect("resnet21", kTask, path, absl::StatusCode::kInvalidArgument, "did you mean 'resnet20'?");
  expect("vgg11", {.image = {3, 32, 48}, .classes = 4}, path, absl::StatusCode::kInvalidArgument, "square images");
  SafeTensors more = *ReadSafeTensors(path);
  more.tensors["extra.weight"] = Tensor::Zeros({1});
  ASSERT_TRUE(WriteSafeTensors(path, more).ok());
  expect("resnet20", kTask, path, kUnfit, "extra.weight");
}

}  // namespace
}  // namespace dl
