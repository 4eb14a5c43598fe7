#include "modules/transfer/experiments/pretrained_parity.h"

#include <cstdlib>
#include <filesystem>

#include "datasets/cifar10.h"
#include "datasets/testing.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "modules/cnn/network_by_name.h"
#include "modules/primitives/testing.h"
#include "modules/training/safetensors.h"
#include "modules/training/testing.h"
#include "modules/transfer/logits.h"
#include "datasets/pretrained_folder.h"
#include "modules/transfer/save_weights.h"

namespace dl {
namespace {

using Row = std::vector<std::string>;

// One white picture a class and part.
std::string SmallCifar10() {
  Files files;
  for (const std::string& name : Cifar10Classes()) {
    for (const char* part : {"train", "test"}) {
      files[std::string("cifar10-jpeg/") + part + "/" + name + "/1.png"] = PngBytes(Image(32, 32));
    }
  }
  const std::string folder = EmptyFolder("datasets");
  WriteFiles(folder, files);
  return folder;
}

// The network with weights by chance, and as PyTorch's answer to `images` pictures its own, but for the logits of the
// last one, which are `added` larger, or where `turned` is set the others' opposites.
void WriteNetwork(const std::string& stem, const std::string& weights, const std::string& architecture, int64_t images,
                  float added, bool turned) {
  Random random(1);
  const NetworkTask task = *PublishedTask(architecture);
  Sequential network = *NetworkByName(architecture, task, random);
  ASSERT_TRUE(SaveWeights(network, weights).ok());
  const Tensor input = testing::RandomTensor({images, 3, task.image[1], task.image[2]}, 1);
  Tensor logits = *LogitsOf(network, input);
  for (int64_t k = logits.size() - task.classes; k < logits.size(); ++k) {
    float& logit = logits.mutable_data()[k];
    logit = turned ? -logit : logit + added;
  }
  ASSERT_TRUE(WriteSafeTensors(stem + "-golden.safetensors", {{{"input", input}, {"logits", logits}}, {}}).ok());
}

absl::StatusOr<ExperimentResult> RunIt(const std::string& datasets, const std::vector<std::string>& flags) {
  PretrainedParity experiment;
  experiment.set_data_dir(datasets);
  return testing::RunExperiment(experiment, flags);
}

TEST(PretrainedParityTest, FindsTheDifferencesThatAreThere) {
  const std::string folder = EmptyFolder("networks");
  WriteNetwork(folder + "/squeezenet1_0", folder + "/squeezenet1_0-imagenet.safetensors", "squeezenet1_0", 1, 0.25f,
               false);
  WriteNetwork(folder + "/cifar10-resnet20", folder + "/cifar10-resnet20.safetensors", "resnet20", 3, 0, true);
  const auto result = RunIt(SmallCifar10(), {"--pretrained_dir=" + folder});
  ASSERT_TRUE(result.ok()) << result.status();
  const auto& rows = result->summary.rows();
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0][0], "squeezenet1_0");
  EXPECT_NEAR(std::stod(rows[0][2]), 0.25, 1e-4);
  EXPECT_EQ(rows[0][4], "1 of 1");  // all logits moved alike
  EXPECT_EQ(Row(rows[0].begin() + 5, rows[0].end()), (Row{"", "", "", ""}));
  EXPECT_EQ(rows[1][4], "2 of 3");
  EXPECT_NEAR(std::stod(rows[1][2]), 2 * std::stod(rows[1][3]), std::stod(rows[1][3]));
  // Ten equal pictures of ten classes: one answer is right.
  EXPECT_EQ(Row(rows[1].begin() + 5, rows[1].end()), (Row{"CIFAR-10 (JPEG copy)", "10", "0.1", ""}));
  EXPECT_EQ(result->metrics.rows().size(), 4u);
  EXPECT_EQ(result->datasets.size(), 3u);
}

TEST(PretrainedParityTest, WhatIsNotThereIsNamed) {
  const std::string datasets = SmallCifar10(), folder = EmptyFolder("no_networks");
  absl::Status status = RunIt(datasets, {"--pretrained_dir=" + folder}).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound) << status;
  EXPECT_THAT(std::string(status.message()),
              ::testing::HasSubstr("squeezenet1_0-imagenet.safetensors; set DL_PRETRAINED"));
  EXPECT_EQ(RunIt(folder, {}).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(RunIt(datasets, {"--test_size=10001"}).status().code(), absl::StatusCode::kInvalidArgument);
}

// With --test_env=DL_DATASETS=FOLDER, and --test_env=DL_PRETRAINED=FOLDER unless that is ../pretrained of the former.
TEST(PretrainedParityTest, PublishedNetworksAnswerAsInPyTorch) {
  const std::string folder = PretrainedFolder("");
  if (!std::filesystem::exists(folder + "/squeezenet1_0-golden.safetensors")) GTEST_SKIP() << "no DL_PRETRAINED";
  const auto result = RunIt("", {"--test_size=0"});
  if (absl::IsNotFound(result.status())) GTEST_SKIP() << result.status();
  ASSERT_TRUE(result.ok()) << result.status();
  for (const Row& row : result->summary.rows()) {
    EXPECT_LE(std::stod(row[2]), 1e-4) << row[0];
    EXPECT_EQ(row[4], row[1] + " of " + row[1]) << row[0];
    if (!row[8].empty()) {
      EXPECT_NEAR(std::stod(row[7]), std::stod(row[8]), 0.0005);
    }
  }
}

}  // namespace
}  // namespace dl
