#include "modules/cnn/network_by_name.h"

#include <algorithm>
#include <cmath>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace dl {
namespace {

using ::testing::HasSubstr;

std::string Message(const absl::Status& status) { return std::string(status.message()); }

// Half a gigabyte each, or deep: they share their code with vgg-small, resnet20 and resnet18.
bool IsLarge(const std::string& name) {
  const std::vector<std::string> deep = {"resnet32", "resnet34",  "resnet44", "resnet50",
                                         "resnet56", "resnet101", "resnet152"};
  return name.rfind("vgg1", 0) == 0 || std::find(deep.begin(), deep.end(), name) != deep.end();
}

TEST(NetworkByNameTest, EveryNetworkTakesHandwritingAndSmallPhotographs) {
  for (const std::string& name : NetworkNames()) {
    if (IsLarge(name)) continue;
    for (const Shape& image : {Shape{1, 28, 28}, Shape{3, 32, 32}}) {
      if (name == "squeezenet1_0" && image[1] == 28) continue;  // see below
      Random random(1);
      absl::StatusOr<Sequential> net = NetworkByName(name, {.image = image, .classes = 7}, random);
      ASSERT_TRUE(net.ok()) << name << ": " << net.status();
      EXPECT_EQ(net->Forward(Tensor::Zeros({2, image[0], image[1], image[2]}), {}).shape(), (Shape{2, 7})) << name;
    }
  }
}

// Sizes around the smallest: what is refused is refused here, and what is taken works.
TEST(NetworkByNameTest, WhatIsTooSmallIsRefusedBeforeItIsBuilt) {
  for (const std::string& name : NetworkNames()) {
    if (IsLarge(name) || name.rfind("resnet18", 0) == 0) continue;
    for (int64_t size : {1, 3, 4, 5, 6, 7, 8, 11, 12, 15, 16, 19, 20, 24, 25, 28, 29}) {
      Random random(1);
      absl::StatusOr<Sequential> net = NetworkByName(name, {.image = {1, size, size}}, random);
      if (net.ok()) {
        EXPECT_EQ(net->Forward(Tensor::Zeros({1, 1, size, size}), {}).shape(), (Shape{1, 10})) << name << " " << size;
      } else {
        EXPECT_EQ(net.status().code(), absl::StatusCode::kInvalidArgument);
        EXPECT_LT(size, name.rfind("squeezenet", 0) == 0 ? 29 : 20) << net.status();
      }
    }
  }
}

TEST(NetworkByNameTest, RefusalsNameWhatIsTaken) {
  Random random(1);
  EXPECT_THAT(Message(NetworkByName("lenet", {.image = {1, 8, 8}}, random).status()),
              HasSubstr("model 'lenet' takes square images of 12x12 pixels or more; these examples are [1, 8, 8]"));
  EXPECT_THAT(Message(NetworkByName("small-cnn", {.image = {3, 32, 48}}, random).status()), HasSubstr("square images"));
  EXPECT_THAT(Message(NetworkByName("resnet20", {.image = {2}}, random).status()),
              HasSubstr("takes images; these examples are [2]"));
  EXPECT_TRUE(NetworkByName("resnet20", {.image = {3, 32, 48}}, random).ok());
  EXPECT_TRUE(NetworkByName("mlp", {.image = {2}}, random).ok());
  const absl::Status unknown = NetworkByName("resnet21", {.image = {3, 32, 32}}, random).status();
  EXPECT_EQ(unknown.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(Message(unknown), HasSubstr("unknown model 'resnet21'; did you mean 'resnet20'?"));
}

TEST(NetworkByNameTest, PublishedTasksFit) {
  Random random(1);
  const std::vector<std::pair<std::string, int64_t>> published = {
      {"lenet", 61706},      {"2c2d", 3274634},      {"3c3d", 895210},
      {"all-conv", 1369738}, {"resnet20", 269722},   {"resnet18-cifar", 11173962},
      {"small-cnn", 307946}, {"resnet18", 11689512}, {"squeezenet1_1", 1235496}};
  for (const auto& [name, parameters] : published) {
    const absl::StatusOr<NetworkTask> task = PublishedTask(name);
    ASSERT_TRUE(task.ok()) << task.status();
    EXPECT_EQ(ParameterCount(*NetworkByName(name, *task, random)), parameters) << name;
  }
  EXPECT_EQ(PublishedTask("vgg16_bn")->image, (Shape{3, 224, 224}));
  EXPECT_EQ(PublishedTask("vgg16_bn")->classes, 1000);
  EXPECT_FALSE(PublishedTask("vgg").ok());
}

TEST(NetworkByNameTest, TheFastNetworkLooksAtTheExamples) {
  const auto weights = [](const Tensor& examples) {
    Random random(1);
    return NetworkByName("fast-cifar", {.image = {1, 16, 16}, .examples = examples}, random)
        ->Buffers()[0]
        .variable.value();
  };
  const Tensor flat = weights(Tensor::Full({2, 1, 16, 16}, 1)), dark = weights(Tensor::Full({2, 1, 16, 16}, 0.1));
  EXPECT_GT(std::abs(dark.data()[0]), 2 * std::abs(flat.data()[0]));  // less light, larger filters
}

}  // namespace
}  // namespace dl
