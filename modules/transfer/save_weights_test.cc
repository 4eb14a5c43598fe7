#include "modules/transfer/save_weights.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "modules/backprop/linear.h"
#include "modules/cnn/batch_norm.h"
#include "modules/training/safetensors.h"

namespace dl {
namespace {

TEST(SaveWeightsTest, ParametersAndBuffersStandUnderTheirNames) {
  Random random(1);
  const Sequential model(Linear(3, 2, random), BatchNorm2d(2));
  const std::string path = ::testing::TempDir() + "/saved.safetensors";
  ASSERT_TRUE(SaveWeights(model, path).ok());
  const auto file = ReadSafeTensors(path);
  ASSERT_TRUE(file.ok()) << file.status();
  std::vector<std::string> names;
  for (const auto& [name, tensor] : file->tensors) names.push_back(name);
  EXPECT_THAT(names,
              ::testing::ElementsAre("0.bias", "0.weight", "1.bias", "1.running_mean", "1.running_var", "1.weight"));
  const Tensor weight = std::get<Tensor>(file->tensors.at("0.weight"));
  EXPECT_EQ(weight.shape(), (Shape{2, 3}));
  EXPECT_EQ(weight.data()[5], model.Parameters()[0].variable.value().data()[5]);
}

TEST(SaveWeightsTest, NoPlaceToWriteIsTheWorldsFailure) {
  EXPECT_EQ(SaveWeights(Sequential(), "/no/such/folder/a.safetensors").code(), absl::StatusCode::kPermissionDenied);
}

}  // namespace
}  // namespace dl
