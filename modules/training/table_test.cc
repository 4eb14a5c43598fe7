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

TEST(TableTest, JoinsAMeanAndItsDeviation) {
  Table table({"name", "loss_mean", "loss_std", "n"});
  table.AddRow({"mlp", 0.123456, 0.0234, 3});
  table.AddRow({"perceptron", 1.5, 0, 3});
  EXPECT_EQ(table.ToText(),
            "name        loss            n\nmlp         0.1235 ± 0.023  3\nperceptron  1.5 ± 0         3\n");
}

TEST(TableTest, NoMeanHasNoDeviation) {
  Table table({"name", "loss_mean", "loss_std", "n"});
  table.AddRow({"mlp", 1.5, 0.25, 3});
  table.AddRow({"lost", "", "", 0});
  EXPECT_EQ(table.ToText(), "name  loss        n\nmlp   1.5 ± 0.25  3\nlost              0\n");
}

TEST(TableTest, TurnsAWideTableOnItsSide) {
  const std::string name(70, 'a');
  Table table({name, "b", name});
  table.AddRow({1, "two", 3});
  EXPECT_EQ(table.ToText(), name + "    1\nb" + std::string(69, ' ') + "  two\n" + name + "    3\n");
}

TEST(TableTest, ShowsTheFirstRowsOfALongOne) {
  Table table({"n"});
  for (int i = 0; i < 100; ++i) table.AddRow({i});
  const std::string text = table.ToText(60);
  EXPECT_EQ(text.substr(text.size() - 20), "59\nand 40 rows more\n");
}

TEST(TableDeathTest, ARowFillsEveryColumn) {
  Table table({"a", "b"});
  EXPECT_DEATH(table.AddRow({1}), "1 cells for 2 columns");
}

}  // namespace
}  // namespace dl
