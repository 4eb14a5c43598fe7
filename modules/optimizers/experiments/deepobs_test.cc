#include "modules/optimizers/experiments/deepobs.h"

#include "gtest/gtest.h"
#include "modules/training/testing.h"

namespace dl {
namespace {

absl::StatusOr<ExperimentResult> RunWith(const std::vector<std::string>& arguments) {
  DeepObs experiment;
  return testing::RunExperiment(experiment, arguments);
}

TEST(DeepObsTest, OneRowAnEpochAndOneAPublishedOne) {
  const auto result = RunWith({"--dataset=glyphs", "--train_size=16", "--test_size=10", "--batch_size=8", "--epochs=5",
                               "--seeds=1,2", "--optimizers=sgd,adam"});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->metrics.rows().size(), 2u * 2u * 5u);
  const auto& rows = result->summary.rows();
  ASSERT_EQ(rows.size(), 2u * 2u);  // epochs 1 and 5
  EXPECT_EQ(rows[1][0], "sgd");
  EXPECT_EQ(rows[1][1], "0.158");
  EXPECT_EQ(rows[1][2], "5");
  EXPECT_EQ(rows[2][0], "adam");
  EXPECT_EQ(rows[2][1], "0.000251");
  for (const auto& row : rows) EXPECT_EQ(row.back(), "");  // nothing is published of other settings
}

TEST(DeepObsTest, ImpossibleFlagsAreRefused) {
  const auto expect = [](const std::string& flag, const std::string& beginning) {
    const absl::Status status = RunWith({flag}).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << flag;
    EXPECT_EQ(std::string(status.message()).rfind(beginning, 0), 0u) << status;
  };
  expect("--dataset=moons", "unknown dataset 'moons'; valid: fashion-mnist, mnist, glyphs");
  expect("--optimizers=adm", "unknown optimizer 'adm'; did you mean 'adam'?");
  expect("--optimizers=", "flag --optimizers wants at least one value");
  expect("--epochs=0", "flag --epochs wants a number of 1 or more, not 0");
  expect("--seeds=", "flag --seeds wants at least one seed");
}

}  // namespace
}  // namespace dl
