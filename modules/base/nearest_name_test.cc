#include "modules/base/nearest_name.h"

#include "gtest/gtest.h"

namespace dl {
namespace {

TEST(NearestNameTest, EditDistanceCountsSingleChanges) {
  EXPECT_EQ(EditDistance("", ""), 0);
  EXPECT_EQ(EditDistance("kitten", "sitting"), 3);
  EXPECT_EQ(EditDistance("sitting", "kitten"), 3);
  EXPECT_EQ(EditDistance("", "abc"), 3);
}

TEST(NearestNameTest, SuggestsTheNearest) {
  EXPECT_EQ(UnknownName("dataset", "glyph", {"fashion-mnist", "glyphs"}).message(),
            "unknown dataset 'glyph'; did you mean 'glyphs'?; valid: fashion-mnist, glyphs");
}

TEST(NearestNameTest, SuggestsWhatTheNameBegins) {
  EXPECT_EQ(UnknownName("flag", "--batch", {"--epochs", "--batch_size"}).message(),
            "unknown flag '--batch'; did you mean '--batch_size'?; valid: --epochs, --batch_size");
}

TEST(NearestNameTest, DashesMakeNothingNear) {
  EXPECT_EQ(UnknownName("flag", "--ab", {"--cd"}).message(), "unknown flag '--ab'; valid: --cd");
}

TEST(NearestNameTest, IsSilentWhereNothingIsNear) {
  EXPECT_EQ(UnknownName("dataset", "zzz", {"glyphs"}).message(), "unknown dataset 'zzz'; valid: glyphs");
}

}  // namespace
}  // namespace dl
