#include "modules/cnn/experiments/naive_to_fast.h"

#include <map>

#include "absl/strings/numbers.h"
#include "gtest/gtest.h"
#include "modules/training/testing.h"

namespace dl {
namespace {

absl::StatusOr<ExperimentResult> RunWith(const std::vector<std::string>& arguments) {
  NaiveToFast experiment;
  return testing::RunExperiment(experiment, arguments);
}

double Number(const std::string& text) {
  double number = 0;
  EXPECT_TRUE(absl::SimpleAtod(text, &number)) << text;
  return number;
}

// Of each way: million multiplications, error, expected error; nothing where the machine has not got it.
struct Row {
  double multiplications, error, expected;
};
std::map<std::string, Row> RowsOf(const Table& summary) {
  std::map<std::string, Row> rows;
  for (const auto& row : summary.rows()) {
    if (row[8] != "0") rows[row[1]] = {Number(row[3]), Number(row[6]), Number(row[9])};
  }
  return rows;
}

TEST(NaiveToFastTest, ErrorsAreThoseThatRoundingPredicts) {
  const auto result = RunWith({"--layers=64@12", "--batch=1", "--seeds=1,2"});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->summary.rows().size(), 6u);
  EXPECT_EQ(result->files.count("tiles.csv"), 1u);
  const auto rows = RowsOf(result->summary);
  for (const auto& [way, row] : rows) {
    EXPECT_LT(row.error, 1.5 * row.expected) << way;
    EXPECT_GT(row.error, 0.2 * row.expected) << way;
  }
  EXPECT_NEAR(rows.at("loops").error / rows.at("loops").expected, 1, 0.25);
  if (rows.count("bf16")) {
    EXPECT_NEAR(rows.at("bf16").error / rows.at("bf16").expected, 1, 0.1);
  }
  if (rows.count("winograd")) {
    EXPECT_NEAR(rows.at("direct").multiplications / rows.at("winograd").multiplications, 4, 1e-3);
  }
}

TEST(NaiveToFastTest, TheSameSeedGivesTheSameFiles) {
  const std::vector<std::string> flags = {"--layers=16@6", "--batch=1", "--seeds=7"};
  const auto a = RunWith(flags), b = RunWith(flags);
  ASSERT_TRUE(a.ok() && b.ok());
  EXPECT_EQ(a->summary.ToCsv(), b->summary.ToCsv());
  EXPECT_EQ(a->files.at("tiles.csv"), b->files.at("tiles.csv"));
}

TEST(NaiveToFastTest, ImpossibleFlagsAreRefused) {
  const auto expect = [](const std::string& flag, const std::string& message) {
    const absl::Status status = RunWith({flag}).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << flag;
    EXPECT_EQ(status.message(), message) << flag;
  };
  expect("--layers=", "flag --layers wants at least one value");
  expect("--layers=64", "flag --layers wants CHANNELS@SIDE, as in 64@32, not '64'");
  expect("--layers=64@x", "flag --layers wants CHANNELS@SIDE, as in 64@32, not '64@x'");
  expect("--layers=20@8", "flag --layers wants channels that are multiples of 16 up to 1024, not 20");
  expect("--layers=0@8", "flag --layers wants channels that are multiples of 16 up to 1024, not 0");
  expect("--layers=16@2", "flag --layers wants sides of 3 to 256, not 2");
  expect("--batch=0", "flag --batch wants a number of 1 to 256, not 0");
  expect("--seeds=", "flag --seeds wants at least one seed");
}

}  // namespace
}  // namespace dl
