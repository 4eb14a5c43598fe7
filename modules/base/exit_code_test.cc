#include "modules/base/exit_code.h"

#include "gtest/gtest.h"

namespace dl {
namespace {

TEST(ExitCodeTest, EveryKindOfFailureHasItsCode) {
  EXPECT_EQ(ExitCodeOf(absl::OkStatus()), 0);
  EXPECT_EQ(ExitCodeOf(absl::InvalidArgumentError("")), 2);
  EXPECT_EQ(ExitCodeOf(absl::AbortedError("")), 3);
  EXPECT_EQ(ExitCodeOf(absl::NotFoundError("")), 4);
  EXPECT_EQ(ExitCodeOf(absl::DataLossError("")), 4);
  EXPECT_EQ(ExitCodeOf(absl::FailedPreconditionError("")), 5);
  EXPECT_EQ(ExitCodeOf(absl::ResourceExhaustedError("")), 6);
  EXPECT_EQ(ExitCodeOf(absl::UnavailableError("")), 7);
  EXPECT_EQ(ExitCodeOf(absl::CancelledError("")), 130);
  EXPECT_EQ(ExitCodeOf(absl::InternalError("")), 1);
}

TEST(ExitCodeTest, ReportsOneLine) {
  testing::internal::CaptureStderr();
  EXPECT_EQ(ReportStatus(absl::NotFoundError("no such folder: /nowhere")), 4);
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "error: no such folder: /nowhere\n");
}

}  // namespace
}  // namespace dl
