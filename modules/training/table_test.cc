#include "modules/training/table.h"

#include "gtest/gtest.h"

namespace dl {
namespace {

TEST(TableTest, WritesCsv) {
  Table table({"name", "n", "loss"});
  table.AddRow({"mlp", 3, 0.25});
  table.AddRow({"a \"b\", c", -1, 1.0 / 3});
  EXPECT_EQ(table.ToCsv(), "name,n,loss\nmlp,3,0.25\n\"a \"\"b\"\", c\",-1,0.333333\n");
}

TEST(TableTest, AlignsText) {
  Table table({"name", "n"});
  table.AddRow({"mlp", 3});
  table.AddRow({"perceptron", 100});
  EXPECT_EQ(table.ToText(), "name        n\nmlp           3\nperceptron  100\n");
}

TEST(TableDeathTest, ARowFillsEveryColumn) {
  Table table({"a", "b"});
  EXPECT_DEATH(table.AddRow({1}), "1 cells for 2 columns");
}

}  // namespace
}  // namespace dl
