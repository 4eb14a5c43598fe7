#include "modules/backprop/experiments/sanity.h"

#include <map>
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "modules/training/testing.h"

namespace dl {
namespace {

absl::StatusOr<ExperimentResult> RunWith(const std::vector<std::string>& arguments) {
  Sanity experiment;
  return testing::RunExperiment(experiment, arguments);
}

// The three verdicts for each network. A frozen layer and labels of other pictures go unnoticed: so the chapter says.
TEST(SanityTest, EachFaultIsCaughtByItsCheckOrByNone) {
  const auto result = RunWith({"--seeds=1,2", "--steps=60", "--test_size=100", "--learning_rate=0.003"});
  ASSERT_TRUE(result.ok()) << result.status();
  std::map<std::string, std::vector<std::string>> verdicts;
  for (const auto& row : result->summary.rows()) verdicts[row[0]] = {row[4], row[7], row[11]};
  using Row = std::vector<std::string>;
  EXPECT_EQ(verdicts.size(), 8u);
  EXPECT_EQ(verdicts["none"], (Row{"pass", "pass", "pass"}));
  EXPECT_EQ(verdicts["large_start"], (Row{"fail", "pass", "pass"}));
  EXPECT_EQ(verdicts["double_softmax"], (Row{"pass", "fail", "pass"}));
  EXPECT_EQ(verdicts["flipped_gradient"], (Row{"pass", "fail", "pass"}));
  EXPECT_EQ(verdicts["blank_images"], (Row{"pass", "fail", "pass"}));
  EXPECT_EQ(verdicts["no_penalty"], (Row{"pass", "pass", "fail"}));
  EXPECT_EQ(verdicts["frozen_layer"], (Row{"pass", "pass", "pass"}));
  EXPECT_EQ(verdicts["shuffled_labels"], (Row{"pass", "pass", "pass"}));
}

TEST(SanityTest, ImpossibleFlagsAreRefused) {
  const auto message = [](const std::string& flag) {
    const absl::Status status = RunWith({flag}).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << flag;
    return std::string(status.message());
  };
  EXPECT_THAT(message("--faults=frozen_layr"),
              ::testing::StartsWith("unknown fault 'frozen_layr'; did you mean 'frozen_layer'?; valid: none, "));
  EXPECT_EQ(message("--seeds="), "flag --seeds wants at least one seed");
  EXPECT_EQ(message("--faults="), "flag --faults wants at least one value");
  EXPECT_EQ(message("--hidden=64,0"), "flag --hidden wants numbers of 1 to 4096, not 0");
  EXPECT_EQ(message("--hidden="), "flag --hidden wants at least one value");
  EXPECT_EQ(message("--images=1"), "flag --images wants a number of 2 or more, not 1");
  EXPECT_EQ(message("--steps=0"), "flag --steps wants a number of 1 or more, not 0");
  EXPECT_EQ(message("--lambda=0"), "flag --lambda wants a positive number, not 0");
  EXPECT_EQ(message("--learning_rate=0"), "flag --learning_rate wants a positive number, not 0");
}

}  // namespace
}  // namespace dl
