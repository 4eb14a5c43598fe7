#include "modules/backprop/experiments/recorded_graph.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "modules/training/testing.h"

namespace dl {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

absl::StatusOr<ExperimentResult> RunWith(const std::vector<std::string>& arguments) {
  RecordedGraph experiment;
  return testing::RunExperiment(experiment, arguments);
}

TEST(RecordedGraphTest, OperationsGrowWithTheBatchAndParametersDoNot) {
  const auto result = RunWith({"--hidden=8", "--batch_size=4", "--batch_sizes=1,10"});
  ASSERT_TRUE(result.ok()) << result.status();
  // affine 8, activation 8 and affine 2 for each point, and the loss; (2 + 1) 8 + (8 + 1) 2 parameters.
  EXPECT_THAT(result->metrics.rows(),
              ElementsAre(ElementsAre("1", "2", "42", "19"), ElementsAre("10", "20", "42", "181")));
  EXPECT_THAT(result->files.at("graph.dot"), AllOf(HasSubstr("<b>cross_entropy</b>"), HasSubstr("<i>0.weight</i>")));
}

// What micrograd prints: g 24.7041, dg/da 138.8338, dg/db 645.5773.
TEST(RecordedGraphTest, TheExpressionIsMicrogradsToTheLastDigitPrinted) {
  const auto result = RunWith({});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->summary.rows().back()[1], "g");
  EXPECT_EQ(result->summary.rows().back()[6], "24.7041");
  EXPECT_THAT(result->files.at("scalar_graph.dot"),
              AllOf(HasSubstr("<i>d</i> 138.834"), HasSubstr("<i>d</i> 645.577"), HasSubstr("<td>24.7041&#160;")));
}

TEST(RecordedGraphTest, ImpossibleFlagsAreRefused) {
  for (const char* flag :
       {"--hidden=0", "--hidden=4,5000", "--batch_size=0", "--batch_sizes=4,-1", "--activation=rely"}) {
    EXPECT_EQ(RunWith({flag}).status().code(), absl::StatusCode::kInvalidArgument) << flag;
  }
}

}  // namespace
}  // namespace dl
