#include "modules/base/quoted.h"

#include "gtest/gtest.h"

namespace dl {
namespace {

TEST(QuotedTest, LeavesNamesAlone) {
  EXPECT_EQ(Quoted("layer1.0.conv1.weight"), "'layer1.0.conv1.weight'");
  EXPECT_EQ(Quoted(""), "''");
}

TEST(QuotedTest, IsOneLineThatNoTerminalObeys) {
  EXPECT_EQ(Quoted("a\nb\tc"), R"('a\nb\tc')");
  EXPECT_EQ(Quoted("\033[2J\x9b"), R"('\033[2J\233')");
  EXPECT_EQ(Quoted(std::string_view("a\0b", 3)), R"('a\000b')");
  EXPECT_EQ(Quoted("it's"), R"('it\'s')");
}

TEST(QuotedTest, ShortensWhatIsLong) {
  const std::string fits(100, 'x');
  EXPECT_EQ(Quoted(fits), "'" + fits + "'");
  EXPECT_EQ(Quoted(fits + "yz"), "'" + fits + "...'");
}

}  // namespace
}  // namespace dl
