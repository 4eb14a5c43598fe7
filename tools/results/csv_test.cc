#include "tools/results/csv.h"

#include "gtest/gtest.h"

namespace dl {
namespace {

TEST(CsvTest, ReadsHeaderRowsAndQuotedFields) {
  const auto table = ParseCsv("model,note\r\nmlp,\"a, \"\"b\"\"\nc\"\nlenet,\n");
  ASSERT_TRUE(table.ok()) << table.status();
  EXPECT_EQ(table->columns, (std::vector<std::string>{"model", "note"}));
  EXPECT_EQ(table->rows, (std::vector<std::vector<std::string>>{{"mlp", "a, \"b\"\nc"}, {"lenet", ""}}));
}

TEST(CsvTest, LastLineNeedsNoEndAndEmptyTextIsAnEmptyTable) {
  EXPECT_EQ(ParseCsv("a,b\n1,2")->rows.size(), 1u);
  EXPECT_TRUE(ParseCsv("")->columns.empty());
}

TEST(CsvTest, NamesTheLineThatIsWrong) {
  EXPECT_EQ(ParseCsv("a,b\n1,2\n3\n").status().message(), "line 3: 1 fields, the header has 2");
  EXPECT_EQ(ParseCsv("a\n\"1\n2\"\n3,4\n").status().message(), "line 4: 2 fields, the header has 1");
  EXPECT_EQ(ParseCsv("a\n\"1\n").status().message(), "line 2: a quote that never closes");
  EXPECT_EQ(ParseCsv("a\n\"1\"x\n").status().message(), "line 2: text after a closing quote");
}

TEST(CsvTest, FindsColumnsAndNamesTheNearest) {
  const CsvTable table{{"model", "epoch"}, {}};
  EXPECT_EQ(ColumnIndex(table, "epoch").value(), 1u);
  EXPECT_EQ(ColumnIndex(table, "epochs").status().message(),
            "unknown column 'epochs'; did you mean 'epoch'?; valid: model, epoch");
  EXPECT_TRUE(HasColumn(table, "model"));
  EXPECT_FALSE(HasColumn(table, "seed"));
}

}  // namespace
}  // namespace dl
