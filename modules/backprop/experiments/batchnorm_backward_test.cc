#include "modules/backprop/experiments/batchnorm_backward.h"

#include <map>
#include "absl/strings/numbers.h"
#include "gtest/gtest.h"
#include "modules/training/testing.h"

namespace dl {
namespace {

absl::StatusOr<ExperimentResult> RunWith(const std::vector<std::string>& arguments) {
  BatchNormBackward experiment;
  return testing::RunExperiment(experiment, arguments);
}

// formula → column → number, where there is one.
std::map<std::string, std::map<std::string, double>> SummaryOf(const ExperimentResult& result) {
  std::map<std::string, std::map<std::string, double>> summary;
  for (const std::vector<std::string>& row : result.summary.rows()) {
    for (size_t i = 1; i < row.size(); ++i) {
      double number;
      if (absl::SimpleAtod(row[i], &number)) summary[row[0]][result.summary.columns()[i]] = number;
    }
  }
  return summary;
}

TEST(BatchNormBackwardTest, BothRightFormulasAgreeWithEverything) {
  const auto result = RunWith({"--examples=8,32", "--features=5", "--seeds=1,2,3"});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->metrics.rows().size(), 2u * 3u * 2u * 6u);  // sizes, seeds, upstreams, formulas
  auto summary = SummaryOf(*result);
  for (const char* right : {"staged", "simplified"}) {
    EXPECT_LE(summary[right]["from_staged_max"], 1e-12) << right;
    EXPECT_LE(summary[right]["from_engine_max"], 1e-5) << right;  // which computes in f32
    EXPECT_LE(summary[right]["error_random_mean"], 1e-8) << right;
    EXPECT_LE(summary[right]["error_ones_mean"], 1e-8) << right;
  }
  EXPECT_LT(summary["simplified"]["multiplications"], summary["staged"]["multiplications"]);
  EXPECT_LT(summary["simplified"]["additions"], summary["staged"]["additions"]);
}

TEST(BatchNormBackwardTest, OnlyARandomGradientShowsEveryMistake) {
  const auto result = RunWith({"--examples=16", "--features=4", "--seeds=1,2,3"});
  ASSERT_TRUE(result.ok()) << result.status();
  auto summary = SummaryOf(*result);
  for (const char* wrong : {"variance taken for a constant", "variance's path off by N / (N - 1)", "scale left out"}) {
    EXPECT_GE(summary[wrong]["error_random_mean"], 1e-3) << wrong;
    EXPECT_LE(summary[wrong]["error_ones_mean"], 1e-8) << wrong;
  }
  EXPECT_GE(summary["mean taken for a constant"]["error_random_mean"], 1e-3);
  EXPECT_NEAR(summary["mean taken for a constant"]["error_ones_mean"], 1, 1e-8);
}

TEST(BatchNormBackwardTest, ImpossibleFlagsAreRefused) {
  for (const char* flag :
       {"--examples=2", "--examples=", "--examples=99999", "--features=0", "--features=", "--seeds="}) {
    EXPECT_EQ(RunWith({flag}).status().code(), absl::StatusCode::kInvalidArgument) << flag;
  }
}

}  // namespace
}  // namespace dl
