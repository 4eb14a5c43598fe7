#include "tools/results/file.h"

#include "gtest/gtest.h"

namespace dl {
namespace {

TEST(FileTest, ReadsBackWhatWasWritten) {
  const std::string path = testing::TempDir() + "/file_test.bin";
  for (const std::string& text : {std::string("a\0b\r\n", 5), std::string()}) {
    ASSERT_TRUE(WriteFile(path, text).ok());
    EXPECT_EQ(ReadFile(path).value(), text);
  }
}

TEST(FileTest, NamesTheFileThatCannotBeUsed) {
  const auto missing = ReadFile("/nowhere/run.json").status();
  EXPECT_EQ(missing.code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(missing.message(), "cannot read /nowhere/run.json: No such file or directory");
  EXPECT_EQ(ReadFile("/").status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(WriteFile("/nowhere/run.json", "").code(), absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(WriteFile("/dev/full", "text").code(), absl::StatusCode::kResourceExhausted);
}

}  // namespace
}  // namespace dl
