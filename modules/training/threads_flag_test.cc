#include "modules/training/threads_flag.h"

#include "gtest/gtest.h"
#include "modules/primitives/threads.h"

namespace dl {
namespace {

TEST(ThreadsFlagTest, SetsTheNumberAndZeroLeavesWhatTheMachineHas) {
  ASSERT_TRUE(ApplyThreadsFlag(3).ok());
  EXPECT_EQ(ThreadCount(), 3);
  ASSERT_TRUE(ApplyThreadsFlag(0).ok());
  EXPECT_EQ(ThreadCount(), 3);
}

TEST(ThreadsFlagTest, RefusesImpossibleNumbers) {
  for (const int threads : {-1, 1025}) {
    const absl::Status status = ApplyThreadsFlag(threads);
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << threads;
    EXPECT_EQ(ThreadCount(), 3);
  }
}

TEST(ThreadsFlagTest, IsAFlag) {
  int threads = 1;
  FlagSet flags("");
  AddThreadsFlag(flags, &threads);
  ASSERT_TRUE(flags.Parse({"--threads=2"}).ok());
  EXPECT_EQ(threads, 2);
}

}  // namespace
}  // namespace dl
