#include "modules/backprop/experiments/nielsen_norms.h"

#include "absl/strings/numbers.h"
#include "gtest/gtest.h"
#include "modules/training/testing.h"

namespace dl {
namespace {

absl::StatusOr<ExperimentResult> RunWith(const std::vector<std::string>& arguments) {
  NielsenNorms experiment;
  return testing::RunExperiment(experiment, arguments);
}

double Number(const std::string& text) {
  double number = 0;
  EXPECT_TRUE(absl::SimpleAtod(text, &number)) << text;
  return number;
}

TEST(NielsenNormsTest, EachLayerHearsLessThanTheOneAboveIt) {
  const auto result = RunWith({"--dataset=glyphs", "--examples=100", "--starts=3"});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->metrics.rows().size(), 3u * (2 + 3 + 4));
  const auto& rows = result->summary.rows();
  ASSERT_EQ(rows.size(), 2u + 3u + 4u);
  EXPECT_EQ(rows[8][0], "784-30-30-30-30-10");
  for (size_t i = 1; i < rows.size(); ++i) {
    if (rows[i][0] != rows[i - 1][0]) continue;
    EXPECT_LT(2 * Number(rows[i - 1][2]), Number(rows[i][2])) << i;
  }
  // The last hidden layer is where the published norms are, about 0.3: the sum over outputs, the mean over examples.
  EXPECT_NEAR(Number(rows[1][2]), 0.3, 0.15);
}

TEST(NielsenNormsTest, NothingPublishedStandsBesideOtherData) {
  const auto result = RunWith({"--dataset=glyphs", "--examples=1000", "--starts=2"});
  ASSERT_TRUE(result.ok()) << result.status();
  for (const auto& row : result->summary.rows()) EXPECT_EQ(row[6] + row[7], "");
}

TEST(NielsenNormsTest, ImpossibleFlagsAreRefused) {
  EXPECT_EQ(RunWith({"--starts=0"}).status().message(), "flag --starts wants a number of 1 to 100000, not 0");
  EXPECT_EQ(RunWith({"--examples=-1"}).status().message(), "flag --examples wants a number of 1 or more, not -1");
  EXPECT_EQ(RunWith({"--dataset=digits"}).status().code(), absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace dl
