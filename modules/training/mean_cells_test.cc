#include "modules/training/mean_cells.h"

#include "gtest/gtest.h"

namespace dl {
namespace {

TEST(MeanCellsTest, MeanThenDeviationBehindWhatIsThere) {
  std::vector<Cell> cells = {"adam"};
  AppendMean({1, 2, 3}, cells);
  AppendMean({}, cells);
  std::vector<std::string> texts;
  for (const Cell& cell : cells) texts.push_back(cell.text);
  EXPECT_EQ(texts, (std::vector<std::string>{"adam", "2", "1", "", ""}));
}

}  // namespace
}  // namespace dl
