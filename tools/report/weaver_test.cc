#include "tools/report/weaver.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace dl {
namespace {

using testing::HasSubstr;
using testing::Not;

Library Shelf() {
  Library library;
  Result mlp, missing;
  mlp.run.complete = true;
  mlp.tables["summary.csv"] = ParseCsv("model,n,acc_mean,acc_std\nwide,3,0.912,0.003\ndeep,3,0.954,0.002\n").value();
  missing.run.reason = "no data here";
  library.results = {{"mlp", mlp}, {"fashion", missing}};
  library.figures = {{"curves", {.drawn = true, .not_run = "fashion: no data here\n"}},
                     {"moving", {.drawn = true, .animated = true}},
                     {"nothing", {.not_run = "fashion: no data here\n"}}};
  library.sources = {{"modules/a.cc", "int x;\n// [f]\n  int f();\n// [/f]\n"}, {"a/BUILD", "rule()\n"}};
  return library;
}

std::string Woven(const std::string& text) {
  const auto woven = Weave("chapter.md", text, Shelf());
  return woven.ok() ? *woven : "error: " + std::string(woven.status().message());
}

TEST(WeaverTest, PullsCodeWithItsPathAndLanguage) {
  EXPECT_EQ(Woven("A\n\n<!-- code: modules/a.cc#f -->\n"), "A\n\n````{.cpp file=\"modules/a.cc\"}\nint f();\n````\n\n");
  EXPECT_EQ(Woven("<!-- code: a/BUILD -->"), "````{.python file=\"a/BUILD\"}\nrule()\n````\n");
}

TEST(WeaverTest, WeavesTablesAndFigures) {
  EXPECT_EQ(Woven("<!-- table: mlp summary.csv columns=model,acc:percent where model=deep id=deep | How *deep* -->"),
            "::: {.table #table:deep}\n"
            "| model | acc |\n|:--------|-----------------------:|\n| deep | 95.4\u00a0±\u00a00.2\u00a0% (n = 3) |\n\n"
            "How *deep*\n:::\n");
  EXPECT_EQ(Woven("<!-- plot: curves | Curves -->"),
            "::: {.figure #figure:curves}\n![](figures/curves.svg)\n\nCurves\n:::\n"
            "\n*not run: fashion: no data here*\n");
}

TEST(WeaverTest, AnAnimationFollowsItsStillPicture) {
  EXPECT_THAT(Woven("<!-- plot: moving | Moves -->"), HasSubstr("![](figures/moving.svg)\n![](figures/moving.gif)\n"));
}

TEST(WeaverTest, WeavesValuesAndReferencesIntoSentences) {
  EXPECT_EQ(
      Woven("It reaches <!-- value: mlp summary.csv acc where model=wide format=percent --> (<!-- ref: curves -->)."),
      "It reaches 91.2\u00a0±\u00a00.3\u00a0% ([curves]{.ref}).");
}

TEST(WeaverTest, SaysWhatWasNotRun) {
  EXPECT_EQ(Woven("<!-- table: fashion summary.csv | T -->"), "*not run: no data here*\n");
  EXPECT_EQ(Woven("<!-- value: fashion summary.csv acc -->"), "*not run*");
  EXPECT_THAT(Woven("<!-- plot: nothing | P -->"), HasSubstr("*not run: fashion: no data here*"));
  EXPECT_THAT(Woven("<!-- plot: nothing | P -->"), Not(HasSubstr("figures/")));
  const std::string prose =
      "A <!-- if-run: RESULT -->B <!-- value: RESULT summary.csv n where model=wide --><!-- end --> C";
  const auto with = [&](const std::string& result) {
    std::string text = prose;
    for (size_t at; (at = text.find("RESULT")) != std::string::npos;) text.replace(at, 6, result);
    return Woven(text);
  };
  EXPECT_EQ(with("mlp"), "A B 3 C");
  EXPECT_EQ(with("fashion"), "A *not run: no data here* C");
}

TEST(WeaverTest, UnresolvedDirectiveNamesFileAndLine) {
  EXPECT_EQ(
      Woven("\n\n<!-- tabel: mlp -->"),
      "error: chapter.md:3: unknown directive 'tabel'; did you mean 'table'?; valid: code, table, plot, value, ref, "
      "if-run");
  EXPECT_EQ(Woven("<!-- plot: curve -->"),
            "error: chapter.md:1: unknown plot 'curve'; did you mean 'curves'?; valid: curves, moving, nothing");
  EXPECT_EQ(Woven("\n<!-- code: modules/a.cc#g -->"), "error: chapter.md:2: modules/a.cc: there is no line '// [g]'");
  EXPECT_EQ(Woven("<!-- code: modules/b.cc#g -->"),
            "error: chapter.md:1: unknown source file 'modules/b.cc'; did you mean 'modules/a.cc'?; valid: a/BUILD, "
            "modules/a.cc");
  EXPECT_THAT(Woven("<!-- table: mlps summary.csv -->"), HasSubstr("unknown result 'mlps'; did you mean 'mlp'?"));
  EXPECT_THAT(Woven("<!-- table: mlp metrics.csv -->"), HasSubstr("unknown file 'metrics.csv'"));
  EXPECT_THAT(Woven("<!-- table: mlp -->"), HasSubstr("write it as <!-- table: RESULT FILE columns=A,B | caption -->"));
  EXPECT_THAT(Woven("<!-- table: mlp summary.csv colunms=a -->"), HasSubstr("did you mean 'columns'?"));
  EXPECT_THAT(Woven("<!-- value: mlp summary.csv acc -->"), HasSubstr("2 rows are left"));
  EXPECT_THAT(Woven("In text <!-- plot: curves | C -->"), HasSubstr("must stand on a line of its own"));
  EXPECT_THAT(Woven("a\n<!-- if-run: mlp -->"), HasSubstr("chapter.md:2: if-run has no <!-- end -->"));
  EXPECT_THAT(Woven("<!-- end -->"), HasSubstr("end without if-run"));
  EXPECT_EQ(Woven("\n<!-- open"), "error: chapter.md:2: a comment that never closes");
}

TEST(WeaverTest, ChecksDirectivesEvenWhereTheResultIsMissing) {
  EXPECT_THAT(Woven("<!-- if-run: fashion -->\n<!-- plot: curve -->\n<!-- end -->"), HasSubstr("unknown plot 'curve'"));
}

}  // namespace
}  // namespace dl
