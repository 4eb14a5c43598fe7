#include "tools/report/table.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace dl {
namespace {

using testing::HasSubstr;

const CsvTable& Summary() {
  static const CsvTable table = ParseCsv(
                                    "dataset,model,n,test_accuracy_mean,test_accuracy_std,loss\n"
                                    "glyphs,mlp,3,0.91234,0.0029,0.25\n"
                                    "glyphs,le_net,2,0.98765,0.0011,0.125\n"
                                    "moons,mlp,3,1,0,0.5\n")
                                    .value();
  return table;
}

TEST(TableTest, SelectKeepsTheRowsInWhichAllHolds) {
  const auto both = Select(Summary(), {{"dataset", "glyphs"}, {"model", "mlp"}});
  ASSERT_TRUE(both.ok()) << both.status();
  ASSERT_EQ(both->rows.size(), 1u);
  EXPECT_EQ(both->rows[0][3], "0.91234");
  EXPECT_THAT(std::string(Select(Summary(), {{"model", "mpl"}}).status().message()), HasSubstr("unknown model 'mpl'"));
  EXPECT_THAT(std::string(Select(Summary(), {{"modle", "mlp"}}).status().message()),
              HasSubstr("did you mean 'model'?"));
}

TEST(TableTest, FormatsFields) {
  const CsvTable& table = Summary();
  EXPECT_EQ(FormatField(table, 0, "test_accuracy", "").value(), "0.912\u00a0±\u00a00.003");
  EXPECT_EQ(FormatField(table, 0, "test_accuracy", "percent").value(), "91.2\u00a0±\u00a00.3\u00a0%");
  EXPECT_EQ(FormatField(table, 0, "test_accuracy_mean", "percent2").value(), "91.23 %");
  EXPECT_EQ(FormatField(table, 0, "loss", "").value(), "0.25");
  EXPECT_EQ(FormatField(table, 0, "loss", "fixed4").value(), "0.2500");
  EXPECT_EQ(FormatField(table, 1, "test_accuracy_mean", "integer").value(), "1");
  EXPECT_EQ(FormatField(table, 1, "model", "").value(), "le\\_net");
}

TEST(TableTest, RefusesWhatItCannotFormat) {
  EXPECT_EQ(FormatField(Summary(), 0, "model", "percent").status().message(), "'mlp' is not a number");
  EXPECT_EQ(FormatField(Summary(), 0, "loss", "precent").status().message(),
            "unknown format 'precent'; did you mean 'percent'?; valid: text, integer, percent, percent2, fixed3, scientific1");
  EXPECT_EQ(FormatField(Summary(), 0, "los", "").status().code(), absl::StatusCode::kInvalidArgument);
}

TEST(TableTest, WritesAPipeTable) {
  const auto table = MarkdownTable(Summary(), {"model", "test_accuracy", "loss:fixed2"}, "percent");
  ASSERT_TRUE(table.ok()) << table.status();
  EXPECT_EQ(*table,
            "| model | test accuracy | loss |\n"
            "|:----------|------------------------:|-------:|\n"
            "| mlp | 91.2\u00a0±\u00a00.3\u00a0% (n = 3) | 0.25 |\n"
            "| le\\_net | 98.8\u00a0±\u00a00.1\u00a0% (n = 2) | 0.12 |\n"
            "| mlp | 100.0\u00a0±\u00a00.0\u00a0% (n = 3) | 0.50 |\n");
}

TEST(TableTest, SaysHowManySamplesOnce) {
  EXPECT_EQ(MarkdownTable(Summary(), {"test_accuracy", "n"}, "").value(),
            "| test accuracy | n |\n"
            "|----------------:|------:|\n"
            "| 0.912\u00a0±\u00a00.003 | 3 |\n"
            "| 0.988\u00a0±\u00a00.001 | 2 |\n"
            "| 1.000\u00a0±\u00a00.000 | 3 |\n");
}

TEST(FormatFieldTest, PowersOfTenAreMathematics) {
  const CsvTable table = ParseCsv("h,e_mean,e_std,zero\n9.96e-6,0.00012,0.00003,0\n").value();
  EXPECT_EQ(FormatField(table, 0, "h", "scientific2").value(), "$9.96 \\cdot 10^{-6}$");
  EXPECT_EQ(FormatField(table, 0, "h", "scientific1").value(), "$1.0 \\cdot 10^{-5}$");
  EXPECT_EQ(FormatField(table, 0, "e", "scientific1").value(), "$(1.2 \\pm 0.3) \\cdot 10^{-4}$");
  EXPECT_EQ(FormatField(table, 0, "zero", "scientific1").value(), "0");
}

TEST(FormatFieldTest, AnEmptyFieldIsADash) {
  const CsvTable table = ParseCsv("a,b\n,1\n").value();
  const CsvTable means = ParseCsv("a_mean,a_std\n,\n").value();
  for (const char* format : {"", "fixed2", "percent", "scientific1"}) {
    EXPECT_EQ(FormatField(table, 0, "a", format).value(), "–");
    EXPECT_EQ(FormatField(means, 0, "a", format).value(), "–");
  }
}

}  // namespace
}  // namespace dl
