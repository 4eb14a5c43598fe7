#include "tools/report/directive.h"

#include "gtest/gtest.h"

namespace dl {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

TEST(DirectiveTest, ReadsEveryPart) {
  const auto pieces = SplitChapter(
      "Text.\n\n<!-- table: mlp summary.csv columns=model,loss\n"
      "     where dataset=glyphs model=\"two words\" format=percent | A caption, *marked* -->\nMore.\n");
  ASSERT_TRUE(pieces.ok()) << pieces.status();
  ASSERT_EQ(pieces->size(), 2u);
  EXPECT_EQ(pieces->at(0).text, "Text.\n\n");
  const Directive& directive = pieces->at(0).directive;
  EXPECT_EQ(directive.kind, "table");
  EXPECT_EQ(directive.words, (std::vector<std::string>{"mlp", "summary.csv"}));
  EXPECT_EQ(directive.options, (std::map<std::string, std::string>{{"columns", "model,loss"}, {"format", "percent"}}));
  EXPECT_EQ(directive.where, (Pairs{{"dataset", "glyphs"}, {"model", "two words"}}));
  EXPECT_EQ(directive.caption, "A caption, *marked*");
  EXPECT_EQ(directive.line, 3);
  EXPECT_TRUE(directive.alone);
  EXPECT_EQ(pieces->at(1).text, "\nMore.\n");
  EXPECT_EQ(pieces->at(1).directive.kind, "");
}

TEST(DirectiveTest, ACaptionMayBeginOnALineOfItsOwn) {
  const auto pieces = SplitChapter("<!-- plot: p id=a|b |\n     Below -->");
  ASSERT_TRUE(pieces.ok()) << pieces.status();
  EXPECT_EQ(pieces->at(0).directive.options.at("id"), "a|b");
  EXPECT_EQ(pieces->at(0).directive.caption, "Below");
}

TEST(DirectiveTest, CountsLinesAcrossCommentsAndKnowsWhatStandsAlone) {
  const auto pieces = SplitChapter("a <!-- value: x --> b\n<!-- a remark\n\"of: two lines -->\n<!-- end -->");
  ASSERT_TRUE(pieces.ok()) << pieces.status();
  ASSERT_EQ(pieces->size(), 3u);
  EXPECT_FALSE(pieces->at(0).directive.alone);
  EXPECT_EQ(pieces->at(1).text, " b\n\n");
  EXPECT_EQ(pieces->at(1).directive.kind, "end");
  EXPECT_EQ(pieces->at(1).directive.line, 4);
  EXPECT_TRUE(pieces->at(1).directive.alone);
}

TEST(DirectiveTest, LeavesCodeBlocksAlone) {
  const std::string text = "```html\n<!-- value: x -->\n```\n";
  const auto pieces = SplitChapter(text + "<!-- value: y -->");
  ASSERT_TRUE(pieces.ok()) << pieces.status();
  EXPECT_EQ(pieces->at(0).text, text);
  EXPECT_EQ(pieces->at(0).directive.words, std::vector<std::string>{"y"});
}

TEST(DirectiveTest, NamesTheLineThatIsWrong) {
  EXPECT_EQ(SplitChapter("a\n<!-- b").status().message(), "2: a comment that never closes");
  EXPECT_EQ(SplitChapter("\n\n<!-- value: \"a -->").status().message(), "3: a quote that never closes");
  EXPECT_EQ(SplitChapter("<!-- value: a where b -->").status().message(), "1: after 'where', 'b' is not COLUMN=VALUE");
}

}  // namespace
}  // namespace dl
