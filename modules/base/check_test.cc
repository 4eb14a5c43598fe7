#include "modules/base/check.h"

#include "gtest/gtest.h"

namespace dl {
namespace {

TEST(CheckTest, PassesSilently) { DL_CHECK(1 + 1 == 2) << "arithmetic is broken"; }

TEST(CheckDeathTest, NamesFileConditionAndMessage) {
  EXPECT_DEATH(DL_CHECK(1 > 2) << "got " << 3,
               "modules/base/check_test.cc:[0-9]+: check failed: 1 > 2: got 3");
}

TEST(CheckTest, MessageIsNotEvaluatedWhenTheCheckHolds) {
  int evaluations = 0;
  DL_CHECK(true) << ++evaluations;
  EXPECT_EQ(evaluations, 0);
}

}  // namespace
}  // namespace dl
