#include "modules/base/flags.h"

#include "gtest/gtest.h"

namespace dl {
namespace {

struct Options {
  int epochs = 5;
  bool verbose = true;
  std::string dataset = "glyphs";
  std::vector<int> seeds = {1, 2, 3};
};

class FlagsTest : public testing::Test {
 protected:
  FlagsTest() {
    flags_.Add("epochs", &options_.epochs, "passes over the training set");
    flags_.Add("verbose", &options_.verbose, "say more");
    flags_.Add("dataset", &options_.dataset, "what to learn");
    flags_.Add("seeds", &options_.seeds, "one run each");
  }
  Options options_;
  FlagSet flags_{"usage: program [flags]"};
};

TEST_F(FlagsTest, SetsValuesOfEveryKindAndReturnsTheWords) {
  const auto words = flags_.Parse({"run", "--epochs=7", "--noverbose", "--dataset", "mnist", "--seeds=4,5", "--", "--x"});
  ASSERT_TRUE(words.ok()) << words.status();
  EXPECT_EQ(*words, (std::vector<std::string>{"run", "--x"}));
  EXPECT_EQ(options_.epochs, 7);
  EXPECT_FALSE(options_.verbose);
  EXPECT_EQ(options_.dataset, "mnist");
  EXPECT_EQ(options_.seeds, (std::vector<int>{4, 5}));
}

TEST_F(FlagsTest, MisspeltFlagNamesTheNearest) {
  const auto status = flags_.Parse({"--epoch=7"}).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(status.message(),
            "unknown flag '--epoch'; did you mean '--epochs'?; valid: --epochs, --verbose, --dataset, --seeds, --help");
}

TEST_F(FlagsTest, MalformedAndMissingValuesAreRefused) {
  EXPECT_EQ(flags_.Parse({"--epochs=many"}).status().message(),
            "flag --epochs=many is not valid: it wants a whole number; the default is 5");
  EXPECT_EQ(flags_.Parse({"--epochs"}).status().message(), "flag --epochs needs a value");
  EXPECT_EQ(flags_.Parse({"--noepochs"}).status().code(), absl::StatusCode::kInvalidArgument);
}

TEST_F(FlagsTest, ValuesAreThoseInForce) {
  ASSERT_TRUE(flags_.Parse({"--epochs=7"}).ok());
  EXPECT_EQ(flags_.Values(), (std::map<std::string, std::string>{
                                 {"epochs", "7"}, {"verbose", "true"}, {"dataset", "glyphs"}, {"seeds", "1,2,3"}}));
}

TEST_F(FlagsTest, HelpNamesEveryFlagAndItsDefault) {
  ASSERT_TRUE(flags_.Parse({"--help"}).ok());
  EXPECT_TRUE(flags_.help_requested());
  EXPECT_NE(flags_.Help().find("--seeds    one run each (default 1,2,3)"), std::string::npos) << flags_.Help();
}

}  // namespace
}  // namespace dl
