#include "modules/primitives/libraries.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace dl {
namespace {

TEST(LibrariesTest, VersionsAreNumbers) {
  const auto versions = LibraryVersions();
  EXPECT_THAT(versions.at("oneDNN"), testing::MatchesRegex("[0-9]+\\.[0-9]+\\.[0-9]+"));
  EXPECT_THAT(versions.at("OpenBLAS"), testing::MatchesRegex("[0-9]+\\.[0-9.]+ \\(.+\\)"));
  EXPECT_THAT(versions.at("compiler"), testing::StartsWith("GCC "));
  EXPECT_FALSE(InstructionSet().empty());
}

// Of the instruction sets that have a name here, two.
TEST(LibrariesTest, BF16IsMultipliedWhereTheInstructionSetSaysSo) {
  const std::string set = InstructionSet();
  if (set != "another") EXPECT_EQ(ComputesInBF16(), set == "avx512_core_bf16" || set == "avx512_core_amx") << set;
}

}  // namespace
}  // namespace dl
