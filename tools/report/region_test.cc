#include "tools/report/region.h"

#include "gtest/gtest.h"

namespace dl {
namespace {

TEST(RegionTest, DedentsAndLeavesOutOtherTags) {
  const std::string source =
      "int a;\n"
      "  // [outer]\n"
      "  if (a) {\n"
      "\n"
      "    // [inner]\n"
      "    b[1] = a;\n"
      "    // [/inner]\n"
      "  }  // [not a tag]\n"
      "  // [/outer]\n"
      "int c;\n";
  EXPECT_EQ(ExtractRegion(source, "outer").value(), "if (a) {\n\n  b[1] = a;\n}  // [not a tag]\n");
  EXPECT_EQ(ExtractRegion(source, "inner").value(), "b[1] = a;\n");
}

TEST(RegionTest, ShapesInCommentsAreNoTags) {
  EXPECT_EQ(ExtractRegion("# [r]\n# [N, C]\nx = 1\n# [/r]\n", "r").value(), "# [N, C]\nx = 1\n");
}

TEST(RegionTest, SaysWhatIsMissing) {
  EXPECT_EQ(ExtractRegion("int a;\n", "r").status().message(), "there is no line '// [r]'");
  EXPECT_EQ(ExtractRegion("// [r]\nint a;\n", "r").status().message(), "'// [r]' has no '// [/r]'");
  EXPECT_EQ(ExtractRegion("// [r]\n\n// [/r]\n", "r").status().message(), "the region 'r' is empty");
}

}  // namespace
}  // namespace dl
