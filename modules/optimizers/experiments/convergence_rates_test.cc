#include "modules/optimizers/experiments/convergence_rates.h"

#include <algorithm>

#include "gtest/gtest.h"
#include "modules/training/testing.h"

namespace dl {
namespace {

absl::StatusOr<ExperimentResult> RunWith(std::vector<std::string> arguments) {
  const std::vector<std::string> small = {"--conditions=10,100,1000",
                                          "--tuned_conditions=10,100",
                                          "--dimension=6",
                                          "--rates_per_decade=2",
                                          "--most_steps=1000",
                                          "--octaves=12",
                                          "--seeds=1,2",
                                          "--starts=1,2"};
  arguments.insert(arguments.begin(), small.begin(), small.end());
  ConvergenceRates experiment;
  return testing::RunExperiment(experiment, arguments);
}

TEST(ConvergenceRatesTest, ExponentsAreThoseOfTheory) {
  const auto result = RunWith({"--optimizers=sgd,adam:epsilon=0"});
  ASSERT_TRUE(result.ok()) << result.status();
  const auto& rows = result->summary.rows();
  ASSERT_EQ(rows.size(), 3u + 2u * 2u + 1u + 2u * 3u * 2u);
  const auto expect = [&](const std::string& problem, const std::string& method, double exponent, double tolerance) {
    for (const auto& row : rows) {
      if (row[1] == problem && row[2] == method && row[0] != "floor against rate") {
        EXPECT_NEAR(std::stod(row[3]), exponent, tolerance) << problem << " " << method;
        return;
      }
    }
    ADD_FAILURE() << "no " << problem << " " << method;
  };
  expect("theory's constants", "sgd", 1, 0.05);
  expect("theory's constants", "momentum", 0.5, 0.15);
  expect("theory's constants", "nesterov", 0.5, 0.15);
  expect("aligned", "sgd", 1, 0.15);
  expect("aligned", "adam:epsilon=0", 0, 0.001);  // what is divided by its own size does not feel κ
  expect("steep", "constant", 0, 0.1);
  expect("steep", "constant averaged", -1, 0.4);
  expect("steep", "1/sqrt(t)", -0.5, 0.15);
  expect("steep", "1/t", -1, 0.3);
}

TEST(ConvergenceRatesTest, FilesHoldARowForEachSetting) {
  const auto result = RunWith({"--optimizers=sgd", "--floor_rates=0.1,0.2"});
  ASSERT_TRUE(result.ok()) << result.status();
  const auto lines = [&](const std::string& file) {
    const std::string& text = result->files.at(file);
    return std::count(text.begin(), text.end(), '\n');
  };
  EXPECT_EQ(lines("contraction.csv"), 1 + 3 * 3);
  EXPECT_EQ(lines("steps.csv"), 1 + 3 * 3 + 2 * 2);
  EXPECT_EQ(lines("floors.csv"), 1 + 2);
  EXPECT_EQ(lines("noise.csv"), 1 + 2 * 3 * 2 * 13);
}

TEST(ConvergenceRatesTest, OnlyWhereAllDivergeIsTheRunLost) {
  const std::string wild = "--lowest_rate=20", wilder = "--highest_rate=40";
  const absl::Status lost = RunWith({wild, wilder, "--optimizers=sgd"}).status();
  EXPECT_EQ(lost.code(), absl::StatusCode::kAborted);
  EXPECT_EQ(std::string(lost.message()),
            "sgd diverges at every rate, at rate 20 in step 9; a lower --lowest_rate may help");
  const auto kept = RunWith({wild, wilder, "--optimizers=sgd,adagrad"});
  ASSERT_TRUE(kept.ok()) << kept.status();
  EXPECT_EQ(kept->summary.rows()[3],
            (std::vector<std::string>{"steps against kappa", "aligned", "sgd", "", "", "0", "", "", "1"}));
}

TEST(ConvergenceRatesTest, ImpossibleFlagsAreRefused) {
  const auto expect = [](const std::string& flag, const std::string& beginning) {
    const absl::Status status = RunWith({flag}).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << flag;
    EXPECT_EQ(std::string(status.message()).rfind(beginning, 0), 0u) << status;
  };
  expect("--conditions=", "flag --conditions wants at least one value");
  expect("--conditions=1", "flag --conditions wants numbers of 2 to 1e+06, not 1");
  expect("--tuned_conditions=0", "flag --tuned_conditions wants numbers of 2 to 1e+06, not 0");
  expect("--dimension=1", "flag --dimension wants a number of 2 to 1000, not 1");
  expect("--tolerance=1", "flag --tolerance wants a number of 1e-40 to 0.5, not 1");
  expect("--tuned_tolerance=0", "flag --tuned_tolerance wants a number of 1e-40 to 0.5, not 0");
  expect("--lowest_rate=-1", "flag --lowest_rate wants a positive number, not -1");
  expect("--highest_rate=1e-9", "flag --highest_rate wants a number of 0.0001 or more, not 1e-09");
  expect("--rates_per_decade=0", "flag --rates_per_decade wants a number of 1 to 100, not 0");
  expect("--most_steps=0", "flag --most_steps wants a number of 1 or more, not 0");
  expect("--stay=-1", "flag --stay wants a number of 0 or more, not -1");
  expect("--noise=0", "flag --noise wants a number of 1e-06 to 1e+06, not 0");
  expect("--noise=1e300", "flag --noise wants a number of 1e-06 to 1e+06, not 1e+300");
  expect("--octaves=60", "flag --octaves wants a number of 4 to 30, not 60");
  expect("--floor_rates=2", "flag --floor_rates wants numbers of 0 to 1.99, not 2");
  expect("--floor_rates=", "flag --floor_rates wants at least one value");
  expect("--starts=", "flag --starts wants at least one value");
  expect("--conditions=10,100,10", "flag --conditions wants each value once, not 10 twice");
  expect("--tuned_conditions=10,10", "flag --tuned_conditions wants each value once, not 10 twice");
  expect("--floor_rates=0.1,0.1", "flag --floor_rates wants each value once, not 0.1 twice");
  expect("--starts=1,1", "flag --starts wants each value once, not 1 twice");
  expect("--seeds=", "flag --seeds wants at least one seed");
  expect("--optimizers=adm", "unknown optimizer 'adm'; did you mean 'adam'?");
  expect("--optimizers=adam:beta2=1", "optimizer adam: beta2 wants 0 to less than 1, not '1'");
}

}  // namespace
}  // namespace dl
