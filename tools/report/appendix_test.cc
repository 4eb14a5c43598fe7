#include "tools/report/appendix.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace dl {
namespace {

using testing::HasSubstr;
using testing::Not;

Result Complete(const std::string& cpu) {
  Result result;
  result.run = {.experiment = "curves",
                .complete = true,
                .reason = "",
                .question = "How fast?",
                .flags = {{"epochs", "3"}, {"rate", "0.1"}},
                .seeds = {1, 2},
                .machine = {{"cpu", cpu}},
                .versions = {{"oneDNN", "2.6.3"}},
                .datasets = {{"glyphs", "ab1234567890"}}};
  return result;
}

TEST(AppendixTest, StatesWhatMakesARunRepeatable) {
  const std::string text = Appendix({{"mlp", Complete("A CPU")}});
  for (const char* part :
       {"**`mlp`** `run curves` with `--epochs=3`, `--rate=0.1`; seeds 1, 2; data glyphs `ab123456`.",
        "- machine: cpu `A CPU`", "- versions: oneDNN `2.6.3`"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
}

TEST(AppendixTest, SaysOnceWhatAllRunsShareAndTellsApartWhatDiffers) {
  const std::string same = Appendix({{"a", Complete("A CPU")}, {"b", Complete("A CPU")}});
  EXPECT_EQ(same.find("A CPU"), same.rfind("A CPU"));
  const std::string differs = Appendix({{"a", Complete("A CPU")}, {"b", Complete("Another CPU")}});
  EXPECT_THAT(differs, HasSubstr("`A CPU`"));
  EXPECT_THAT(differs, HasSubstr("`Another CPU`"));
  EXPECT_THAT(differs, Not(HasSubstr("All runs were made on one machine")));
}

TEST(AppendixTest, SaysWhyARunIsMissing) {
  Result missing;
  missing.run.reason = "no data here";
  EXPECT_THAT(Appendix({{"mlp", missing}}), HasSubstr("*not run: no data here*"));
}

}  // namespace
}  // namespace dl
