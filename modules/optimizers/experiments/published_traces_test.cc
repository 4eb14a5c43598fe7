#include "modules/optimizers/experiments/published_traces.h"

#include "absl/strings/numbers.h"
#include "gtest/gtest.h"
#include "modules/training/testing.h"

namespace dl {
namespace {

class PublishedTracesTest : public ::testing::Test {
 protected:
  PublishedTracesTest() : result_(testing::RunExperiment(experiment_, {}).value()) {}

  std::string Text(size_t row, const std::string& column) const {
    for (size_t c = 0; c < result_.summary.columns().size(); ++c) {
      if (result_.summary.columns()[c] == column) return result_.summary.rows()[row][c];
    }
    return "no column " + column;
  }

  PublishedTraces experiment_;
  ExperimentResult result_;
};

TEST_F(PublishedTracesTest, EveryTraceEndsWhereItIsPublishedTo) {
  ASSERT_EQ(result_.summary.rows().size(), 7u + 2u * 2u);
  for (size_t row = 0; row < result_.summary.rows().size(); ++row) {
    double difference = 1;
    ASSERT_TRUE(absl::SimpleAtod(Text(row, "difference"), &difference));
    const bool f64_of_f32 = Text(row, "steps") == "100000" && Text(row, "precision") == "f64";
    const bool four_digits = Text(row, "trace") == "adam_0.9999";  // and those cut off, not rounded
    EXPECT_LE(difference, f64_of_f32 ? 1e-3 : four_digits ? 1e-4 : 1e-6) << Text(row, "trace");
  }
}

TEST_F(PublishedTracesTest, SixDecimalsAreKept) {
  EXPECT_EQ(Text(1, "trace"), "gd_0.6");
  EXPECT_EQ(Text(1, "y"), "-1673.365109");
  EXPECT_EQ(Text(1, "published_y"), "-1673.365109");
  EXPECT_EQ(Text(0, "y"), "-0.000073");
}

TEST_F(PublishedTracesTest, OneRowAStepOfTheShortTraces) {
  EXPECT_EQ(result_.metrics.rows().size(), 7u * 21u);
  EXPECT_EQ(result_.files.count("map.csv"), 1u);
}

}  // namespace
}  // namespace dl
