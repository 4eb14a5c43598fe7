#include "tools/results/result.h"

#include "gtest/gtest.h"
#include "modules/base/file.h"

namespace dl {
namespace {

class ResultTest : public testing::Test {
 protected:
  std::string Write(const std::string& name, const std::string& text) {
    const std::string path = testing::TempDir() + "/" + name;
    EXPECT_TRUE(WriteFile(path, text).ok());
    return path;
  }
  const std::string complete_ = R"({"experiment": "curves", "question": "?", "status": "complete", "flags": {},
      "seeds": [], "machine": {}, "versions": {}, "datasets": {}})";
};

TEST_F(ResultTest, ReadsRecordAndTablesAndPassesOverOthers) {
  const auto result = ReadResult({Write("run.json", complete_), Write("metrics.csv", "epoch\n1\n"), "weights.bin"});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->run.experiment, "curves");
  EXPECT_EQ(result->tables.at("metrics.csv").rows.size(), 1u);
}

TEST_F(ResultTest, CompleteRunNeedsRowsAndAnotherDoesNot) {
  const std::string empty = Write("summary.csv", "");
  EXPECT_EQ(ReadResult({Write("run.json", complete_), empty}).status().message(),
            "curves: the run is complete, but summary.csv has no rows");
  const auto not_run =
      ReadResult({Write("run.json", R"({"experiment": "c", "status": "not run", "reason": "no data"})"), empty});
  ASSERT_TRUE(not_run.ok()) << not_run.status();
  EXPECT_EQ(not_run->run.reason, "no data");
}

TEST_F(ResultTest, NamesTheFileThatIsWrong) {
  const std::string csv = Write("metrics.csv", "a\n1,2\n");
  EXPECT_EQ(ReadResult({csv}).status().message(), csv + ": line 2: 2 fields, the header has 1");
  EXPECT_EQ(ReadResult({}).status().message(), "a result without run.json");
  EXPECT_EQ(ReadResult({"/nowhere/run.json"}).status().code(), absl::StatusCode::kNotFound);
}

TEST_F(ResultTest, ReadsManyByName) {
  const std::string run = Write("run.json", complete_), csv = Write("metrics.csv", "epoch\n1\n");
  const auto results = ReadResults({"a=" + run, "b=" + run, "a=" + csv});
  ASSERT_TRUE(results.ok()) << results.status();
  EXPECT_EQ(results->size(), 2u);
  EXPECT_EQ(results->at("a").tables.size(), 1u);
  EXPECT_EQ(ReadResults({"run.json"}).status().message(), "'run.json' is not NAME=PATH");
}

}  // namespace
}  // namespace dl
