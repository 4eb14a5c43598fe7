#include "modules/optimizers/experiments/convergence_tables.h"

#include "gtest/gtest.h"

namespace dl {
namespace {

using Row = std::vector<std::string>;

TEST(ConvergenceTablesTest, TheStepsExponentIsThatOfTheLastDecade) {
  EXPECT_NEAR(*StepsExponent({10, 1000, 3162.28, 10000}, {7, 20, 63.2456, 200}), 1, 1e-5);
  EXPECT_FALSE(StepsExponent({10, 1000}, {1, 2}).has_value());
}

TEST(ConvergenceTablesTest, ALawHasTheStandardErrorOfItsMean) {
  ConvergenceTables tables;
  tables.AddLaw("law", "problem", "method", {1, 2, 3, 2}, 2.5);
  EXPECT_EQ(tables.summary.rows()[0], (Row{"law", "problem", "method", "2", "0.816497", "4", "0.408248", "", "2.5"}));
  tables.AddLaw("law", "problem", "method", {}, "");
  EXPECT_EQ(tables.summary.rows()[1], (Row{"law", "problem", "method", "", "", "0", "", "", ""}));
}

TEST(ConvergenceTablesTest, StepsOfThoseThatArrived) {
  ConvergenceTables tables;
  tables.AddSteps("aligned", "sgd", 10, {0.5, 0.5}, {4, 6}, {});
  tables.AddSteps("aligned", "sgd", 100, {}, {}, 7);
  EXPECT_EQ(tables.steps.rows()[0], (Row{"aligned", "sgd", "10", "0.5", "0", "5", "1.41421", "2", ""}));
  EXPECT_EQ(tables.steps.rows()[1], (Row{"aligned", "sgd", "100", "", "", "", "", "0", "7"}));
}

TEST(ConvergenceTablesTest, ADecayIsFittedToTheLastHalfOfTheOctaves) {
  ConvergenceTables tables;
  tables.AddDecay("steep", "1/t", {{9, 9, 8, 4}, {9, 9, 4, 1}}, {9, 9, 6, 3}, -1);
  EXPECT_EQ(tables.noise.rows()[3], (Row{"steep", "1/t", "8", "2.5", "2.12132", "2", "3"}));
  EXPECT_EQ(tables.summary.rows()[0],
            (Row{"gap against steps", "steep", "1/t", "-1.5", "0.707107", "2", "0.5", "-1", "-1"}));
}

}  // namespace
}  // namespace dl
