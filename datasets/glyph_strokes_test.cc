#include "datasets/glyph_strokes.h"

#include <algorithm>

#include "gtest/gtest.h"

namespace dl {
namespace {

TEST(GlyphStrokesTest, EveryDigitHasSeveralStylesOfWholeStrokesInTheBox) {
  ASSERT_EQ(GlyphStyles().size(), 10u);
  for (const auto& styles : GlyphStyles()) {
    EXPECT_GE(styles.size(), 3u);
    for (const GlyphStyle& style : styles) {
      ASSERT_FALSE(style.empty());
      for (const GlyphStroke& stroke : style) {
        EXPECT_GE(stroke.size(), 2u);
        for (const Place& p : stroke) {
          EXPECT_TRUE(p.x >= 0 && p.x <= 100 && p.y >= 0 && p.y <= 100) << p.x << ", " << p.y;
        }
      }
    }
  }
}

// Digits of one hand are about equally high, so that size tells nothing about the class.
TEST(GlyphStrokesTest, EveryStyleFillsTheBoxFromTopToBottom) {
  for (const auto& styles : GlyphStyles()) {
    for (const GlyphStyle& style : styles) {
      float top = 100, bottom = 0;
      for (const GlyphStroke& stroke : style) {
        for (const Place& p : stroke) top = std::min(top, p.y), bottom = std::max(bottom, p.y);
      }
      EXPECT_LE(top, 10);
      EXPECT_GE(bottom, 90);
    }
  }
}

}  // namespace
}  // namespace dl
