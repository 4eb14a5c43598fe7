#include "modules/training/flag_checks.h"

#include <limits>

#include "gtest/gtest.h"

namespace dl {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity(), kNan = std::numeric_limits<double>::quiet_NaN();

using Numbers = std::vector<double>;

void ExpectRefusal(const absl::Status& status, const std::string& message) {
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << message;
  EXPECT_EQ(status.message(), message);
}

TEST(FlagChecksTest, TheFirstErrorIsReported) {
  EXPECT_TRUE(FirstError({}).ok());
  EXPECT_TRUE(FirstError({absl::OkStatus(), absl::OkStatus()}).ok());
  EXPECT_EQ(FirstError({absl::OkStatus(), absl::NotFoundError("one"), absl::AbortedError("two")}),
            absl::NotFoundError("one"));
}

TEST(FlagChecksTest, SeedsAreSomeAndDistinct) {
  EXPECT_TRUE(WantsSeeds({2, 1, 3}).ok());
  ExpectRefusal(WantsSeeds({}), "flag --seeds wants at least one seed");
  ExpectRefusal(WantsSeeds({1, 2, 1}), "flag --seeds wants each seed once, not 1 twice");
}

TEST(FlagChecksTest, NamesAreKnown) {
  EXPECT_TRUE(WantsKnown("fruit", {"pear", "apple"}, {"apple", "pear"}).ok());
  EXPECT_TRUE(WantsKnown("fruit", {}, {"apple", "pear"}).ok());
  ExpectRefusal(WantsKnown("fruit", {"apple", "pera"}, {"apple", "pear"}),
                "unknown fruit 'pera'; did you mean 'pear'?; valid: apple, pear");
}

TEST(FlagChecksTest, AListMayHaveToHoldSomething) {
  EXPECT_TRUE(WantsSome("names", std::vector<std::string>{""}).ok());
  ExpectRefusal(WantsSome("names", std::vector<std::string>{}), "flag --names wants at least one value");
}

TEST(FlagChecksTest, AnEmptyListHoldsNothingToRefuse) {
  EXPECT_TRUE(WantsBetween("hidden", std::vector<int64_t>{}, 1, kWidest).ok());
  EXPECT_TRUE(WantsFraction("rates", Numbers{}).ok());
}

TEST(FlagChecksTest, WhatIsNotFiniteIsRefusedByAll) {
  EXPECT_TRUE(WantsFinite("bias", -1e300).ok());
  for (const double value : {kNan, kInfinity, -kInfinity}) {
    const std::string message = absl::StrCat("flag --x wants a finite number, not ", value);
    ExpectRefusal(WantsFinite("x", value), message);
    ExpectRefusal(WantsPositive("x", value), message);
    ExpectRefusal(WantsAtLeast("x", value, 0), message);
    ExpectRefusal(WantsBetween("x", value, 0, kInfinity), message);
    ExpectRefusal(WantsFraction("x", value), message);
  }
  ExpectRefusal(WantsPositive("x", Numbers{1, kNan}), "flag --x wants finite numbers, not nan");
}

TEST(FlagChecksTest, PositiveIsAboveZero) {
  EXPECT_TRUE(WantsPositive("rate", 1e-300).ok());
  ExpectRefusal(WantsPositive("rate", 0.0), "flag --rate wants a positive number, not 0");
  ExpectRefusal(WantsPositive("rates", Numbers{0.5, -0.25}), "flag --rates wants positive numbers, not -0.25");
}

TEST(FlagChecksTest, AtLeastIncludesItsBound) {
  EXPECT_TRUE(WantsAtLeast("epochs", int64_t{1}, 1).ok());
  ExpectRefusal(WantsAtLeast("epochs", int64_t{0}, 1), "flag --epochs wants a number of 1 or more, not 0");
  ExpectRefusal(WantsAtLeast("rates", Numbers{0, -1}, 0), "flag --rates wants numbers of 0 or more, not -1");
}

TEST(FlagChecksTest, BetweenIncludesItsBounds) {
  EXPECT_TRUE(WantsBetween("hidden", std::vector<int64_t>{1, 5000000}, 1, 5000000).ok());
  ExpectRefusal(WantsBetween("hidden", std::vector<int64_t>{7, 5000001}, 1, 5000000),
                "flag --hidden wants numbers of 1 to 5000000, not 5000001");
  ExpectRefusal(WantsBetween("threads", -1, 0, 8), "flag --threads wants a number of 0 to 8, not -1");
  ExpectRefusal(WantsBetween("batch_size", 9, 1, 8, "train_size"),
                "flag --batch_size wants a number of 1 to 8 (--train_size), not 9");
}

TEST(FlagChecksTest, OddNumbersHaveAMiddle) {
  EXPECT_TRUE(WantsOdd("rates", 7).ok());
  ExpectRefusal(WantsOdd("rates", 6), "flag --rates wants an odd number, not 6");
}

TEST(FlagChecksTest, AFractionIncludesZeroAndNotOne) {
  EXPECT_TRUE(WantsFraction("momentum", Numbers{0, 0.999}).ok());
  ExpectRefusal(WantsFraction("momentum", -0.1), "flag --momentum wants a number of 0 or more, not -0.1");
  ExpectRefusal(WantsFraction("momentum", 1.0), "flag --momentum wants a number below 1, not 1");
}

}  // namespace
}  // namespace dl
