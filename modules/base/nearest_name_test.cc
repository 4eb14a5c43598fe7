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

TEST(NearestNameTest, IsSilentWhereNothingIsNear) {
  EXPECT_EQ(UnknownName("dataset", "zzz", {"glyphs"}).message(), "unknown dataset 'zzz'; valid: glyphs");
}

}  // namespace
}  // namespace dl
