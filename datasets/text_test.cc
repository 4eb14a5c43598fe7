#include "datasets/text.h"

#include <numeric>

#include "gtest/gtest.h"

namespace dl {
namespace {

Ink Written(std::string_view text) {
  Ink ink(24, 200);
  DrawText(text, 4, 4, 12, &ink);
  return ink;
}

float Amount(const Ink& ink) { return std::accumulate(ink.values.begin(), ink.values.end(), 0.0f); }

TEST(TextTest, EveryLetterOfTheAlphabetIsAShapeOfItsOwn) {
  const std::string letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-+/.,:()[]=_>";
  for (char a : letters) {
    EXPECT_GT(Amount(Written({&a, 1})), 1.0f) << a;
    EXPECT_TRUE(Written({&a, 1}).values != Written("\x01").values) << a << " is not in the alphabet";
    for (char b : letters) {
      if (a == b || (a == 'I' && b == 'l') || (a == 'l' && b == 'I')) continue;
      EXPECT_TRUE(Written({&a, 1}).values != Written({&b, 1}).values) << a << b;
    }
  }
}

TEST(TextTest, TheWidthIsWhereTheNextLetterStands) {
  Ink apart(24, 200);
  DrawText("Ankle ", 4, 4, 12, &apart);
  DrawText("boot", 4 + TextWidth("Ankle ", 12), 4, 12, &apart);
  EXPECT_EQ(apart.values, Written("Ankle boot").values);
  EXPECT_FLOAT_EQ(TextWidth("", 12), 0);
  EXPECT_FLOAT_EQ(TextWidth("AA", 12), 2 * TextWidth("A", 12));
}

TEST(TextTest, NeighboursDoNotTouch) {
  const Ink ink = Written("HH");  // stems at x = 4, 12, 16 and 24
  for (int64_t column : {13, 14}) EXPECT_LT(ink.values[6 * ink.width + column], 0.1f);
}

TEST(TextTest, ABlankLeavesThePaperWhite) { EXPECT_EQ(Amount(Written(" ")), 0.0f); }

}  // namespace
}  // namespace dl
