#include "modules/cnn/experiments/saliency_findings.h"

#include "gtest/gtest.h"

namespace dl {
namespace {

// Two seeds, two stages; map m is told from the others by its numbers.
SaliencyFindings Findings() {
  SaliencyFindings findings;
  findings.stages = {"dense1", "conv1"};
  findings.accuracies = {0.5, 0.7};
  findings.areas = {0.25, 0.25};
  for (size_t m = 0; m <= kRandomOrder; ++m) {
    const double x = static_cast<double>(m);
    findings.curves[m] = {{1, x / 10}, {1, x / 10}};
    if (m <= kEdgesMap) findings.inside[m] = {x, x};
    if (m >= kSaliencyMethods) continue;
    findings.like_edges[m] = {-x, -x};
    findings.correlations[m] = {{x + 1, x + 3}, {x, x}};
  }
  return findings;
}

TEST(SaliencyFindingsTest, TheSummaryHasARowAMapWithMeansOverTheSeeds) {
  const Table table = Findings().Summary();
  ASSERT_EQ(table.rows().size(), 5u);
  EXPECT_EQ(table.rows()[2], (std::vector<std::string>{"grad_cam", "0.6", "0.141421", "2", "0", "0.25", "0", "0.6", "0",
                                                       "0.75", "0", "-2", "0", "4", "1.41421", "2", "0", "2"}));
  EXPECT_EQ(table.rows()[4], (std::vector<std::string>{"edges", "0.6", "0.141421", "4", "0", "0.25", "0", "0.7", "0",
                                                       "0.75", "0", "", "", "", "", "", "", "2"}));
}

TEST(SaliencyFindingsTest, TheCascadeAndTheCurvesHaveARowAStep) {
  const Table cascade = Findings().Cascade(), deletion = Findings().Deletion();
  ASSERT_EQ(cascade.rows().size(), 8u);
  EXPECT_EQ(cascade.rows()[2], (std::vector<std::string>{"smooth_grad", "1", "dense1", "3", "1.41421", "2"}));
  ASSERT_EQ(deletion.rows().size(), 12u);
  EXPECT_EQ(deletion.rows()[11], (std::vector<std::string>{"random", "1", "0.5", "0", "2"}));
}

}  // namespace
}  // namespace dl
