#include "tools/results/run_record.h"

#include "gtest/gtest.h"

namespace dl {
namespace {

constexpr char kComplete[] = R"({"experiment": "curves", "question": "How fast?", "status": "complete",
  "flags": {"epochs": "3"}, "seeds": [1, 2], "machine": {"cpu": "A CPU", "threads": 2},
  "versions": {"oneDNN": "2.6.3"}, "datasets": {"glyphs": "ab12"}})";

TEST(RunRecordTest, ReadsACompleteRun) {
  const auto record = ParseRunRecord(kComplete);
  ASSERT_TRUE(record.ok()) << record.status();
  EXPECT_EQ(record->experiment, "curves");
  EXPECT_TRUE(record->complete);
  EXPECT_EQ(record->question, "How fast?");
  EXPECT_EQ(record->flags.at("epochs"), "3");
  EXPECT_EQ(record->seeds, (std::vector<int64_t>{1, 2}));
  EXPECT_EQ(record->machine.at("threads"), "2");
  EXPECT_EQ(record->versions.at("oneDNN"), "2.6.3");
  EXPECT_EQ(record->datasets.at("glyphs"), "ab12");
}

TEST(RunRecordTest, ReadsWhyARunIsMissing) {
  const auto record = ParseRunRecord(R"({"experiment": "curves", "status": "not run", "reason": "no data"})");
  ASSERT_TRUE(record.ok()) << record.status();
  EXPECT_FALSE(record->complete);
  EXPECT_EQ(record->reason, "no data");
}

TEST(RunRecordTest, RefusesWhatCannotBeRepeated) {
  std::string no_seeds = kComplete;
  no_seeds.replace(no_seeds.find("seeds"), 5, "sheep");
  for (const std::string& json : {std::string(), std::string("[]"), std::string(R"({"experiment": "curves"})"),
                                  std::string(R"({"experiment": "curves", "status": "not run"})"), no_seeds}) {
    EXPECT_EQ(ParseRunRecord(json).status().code(), absl::StatusCode::kDataLoss) << json;
  }
  EXPECT_NE(ParseRunRecord(no_seeds).status().message().find("'seeds'"), std::string::npos);
}

}  // namespace
}  // namespace dl
