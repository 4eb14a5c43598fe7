#include "modules/backprop/experiments/loss_curves.h"

#include <cmath>
#include <map>
#include <string>

#include "gtest/gtest.h"

namespace dl {
namespace {

TEST(LossCurvesTest, RangesAreThoseOfTheFormulas) {
  const LossCurves tables = DrawLosses();
  std::map<std::string, std::vector<std::string>> rows;
  for (const auto& row : tables.ranges.rows()) rows[row[0]] = {row.begin() + 1, row.end()};
  using Row = std::vector<std::string>;
  ASSERT_EQ(rows.size(), 6u);
  EXPECT_EQ(rows["squared error"], (Row{"residual", "0", "25", "-10", "10", "-60"}));
  EXPECT_EQ(rows["Huber"], (Row{"residual", "0", "4.5", "-1", "1", "-1"}));
  EXPECT_EQ(rows["hinge"], (Row{"margin", "0", "6", "-1", "0", "-1"}));
  EXPECT_NEAR(std::stod(rows["binary cross-entropy"][2]), std::log1p(std::exp(5)), 1e-5);
  EXPECT_NEAR(std::stod(rows["cross-entropy (10 classes)"][2]), std::log(std::exp(-5) + 9) + 5, 1e-5);
  EXPECT_NEAR(std::stod(rows["cross-entropy (10 classes)"][5]), -1, 1e-5);
  EXPECT_NEAR(std::stod(rows["squared error of a sigmoid"][5]), 0, 1e-9);
}

TEST(LossCurvesTest, ACurveHasAPointEveryTwentieth) {
  const LossCurves tables = DrawLosses();
  ASSERT_EQ(tables.curves.rows().size(), 6u * 201u);
  EXPECT_EQ(tables.curves.rows()[0], (std::vector<std::string>{"squared error", "residual", "-5", "25", "-10"}));
}

// The first slopes by hand: (a - 0) a (1 - a) for the squared error, a for the cross-entropy; the last outputs of the
// squared error are printed in Nielsen's chapter 3 as 0.09 and 0.20.
TEST(LossCurvesTest, NeuronsLearnAsNielsensDo) {
  const NeuronTables tables = TrainNeurons();
  ASSERT_EQ(tables.epochs.rows().size(), 4u * 301u);
  const auto& rows = tables.summary.rows();
  ASSERT_EQ(rows.size(), 4u);
  for (int i = 0; i < 4; ++i) {
    const double a = 1 / (1 + std::exp(i % 2 == 0 ? -1.5 : -4.0));
    EXPECT_NEAR(std::stod(rows[i][4]), a, 1e-6);
    EXPECT_NEAR(std::stod(rows[i][5]), i < 2 ? a * a * (1 - a) : a, 1e-6);
    EXPECT_NEAR(std::stod(rows[i][6]), a * (1 - a), 1e-6);
  }
  EXPECT_NEAR(std::stod(rows[0][8]), 0.09, 0.005);
  EXPECT_NEAR(std::stod(rows[1][8]), 0.20, 0.005);
}

}  // namespace
}  // namespace dl
