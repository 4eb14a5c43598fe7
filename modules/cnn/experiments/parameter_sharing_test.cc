#include "modules/cnn/experiments/parameter_sharing.h"

#include <cmath>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "modules/training/testing.h"

namespace dl {
namespace {

absl::StatusOr<ExperimentResult> RunWith(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), {"--train_size=40", "--validation_size=20", "--test_size=20", "--batch_size=10",
                                       "--epochs=2", "--width=2", "--parts=2,1", "--rates=0.003,0.01", "--seeds=1,2"});
  ParameterSharing experiment;
  return testing::RunExperiment(experiment, arguments);
}

// summary: dataset, network, equal, train_size, learning_rate, eight columns and n of the outcome, width, parameters,
// multiply_adds.
TEST(ParameterSharingTest, EachNetworkEqualsTheLocalOneAsItSays) {
  const auto result = RunWith({});
  ASSERT_TRUE(result.ok()) << result.status();
  const auto& rows = result->summary.rows();
  ASSERT_EQ(rows.size(), 2u * 5u);
  const std::vector<std::string> names = {"local both", "convolution width", "dense width", "convolution parameters",
                                          "dense parameters"};
  for (size_t i = 0; i < rows.size(); ++i) {
    EXPECT_EQ(rows[i][1] + " " + rows[i][2], names[i % 5]);
    EXPECT_EQ(rows[i][3], i < 5 ? "20" : "40");
  }
  EXPECT_EQ(rows[1][14], "2");
  EXPECT_EQ(rows[1][16], rows[0][16]);
  EXPECT_EQ(rows[2][14], "128");
  const double parameters = std::stod(rows[0][15]);
  EXPECT_LT(std::abs(std::stod(rows[3][15]) - parameters), 0.1 * parameters);
  EXPECT_LT(std::abs(std::stod(rows[4][15]) - parameters), 0.2 * parameters);
  // Half the examples, twice as often.
  EXPECT_EQ(result->metrics.rows().size(), 5u * 2u * (4u + 2u));
}

TEST(ParameterSharingTest, ImpossibleFlagsAreRefused) {
  const auto expect = [](const std::string& flag, const std::string& message) {
    const absl::Status status = RunWith({flag}).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << flag;
    EXPECT_EQ(std::string(status.message()), message);
  };
  expect("--width=0", "flag --width wants a number of 1 to 64, not 0");
  expect("--parts=5", "flag --parts wants numbers of 1 to 4 (--train_size / batch_size), not 5");
  expect("--batch_size=0", "flag --batch_size wants a number of 1 to 40 (--train_size), not 0");
  expect("--rates=nan", "flag --rates wants finite numbers, not nan");
  expect("--dataset=glyphs",
         "flag --dataset wants square images that can be halved three times, and those of glyphs are 28 by 28: take "
         "shapes or cifar10");
}

}  // namespace
}  // namespace dl
