#include "modules/cnn/experiments/image_task.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace dl {
namespace {

TEST(ImageTaskTest, ValidationComesFromBehindTheTrainingExamples) {
  const ImageTask task{.train_size = 20, .validation_size = 10, .test_size = 5};
  const ImageData data = task.Load("").value();
  const ImageData all = ImageTask{.train_size = 30, .test_size = 5}.Load("").value();
  EXPECT_EQ(data.train.size(), 20);
  EXPECT_EQ(data.test.size(), 5);
  EXPECT_EQ(Fingerprint(data.train), Fingerprint(FirstExamples(all.train, 20)));
  EXPECT_EQ(Fingerprint(data.validation), Fingerprint(LastExamples(all.train, 10)));
  EXPECT_EQ(all.validation.size(), 0);
  EXPECT_EQ(data.Fingerprints().size(), 3u);
  EXPECT_EQ(all.Fingerprints().size(), 2u);
  EXPECT_EQ(NetFor(data.train).image, (Shape{3, 32, 32}));
}

TEST(ImageTaskTest, StepsAreThoseOfFullBatches) {
  EXPECT_EQ((ImageTask{.train_size = 100, .epochs = 3, .batch_size = 40}).Steps(), 6);
}

TEST(ImageTaskTest, PointsAreRefused) {
  const absl::Status status = ImageTask{.dataset = "moons", .train_size = 50, .test_size = 5}.Load("").status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(status.message()), ::testing::HasSubstr("--dataset=moons holds no images but examples [2]"));
}

TEST(ImageTaskTest, ImpossibleFlagsAreRefused) {
  const auto expect = [](const std::string& flag, const std::string& message) {
    ImageTask task = {.held_out = true, .validation_size = 10};
    FlagSet flags("");
    task.AddFlags(flags);
    ASSERT_TRUE(flags.Parse({flag}).ok());
    const absl::Status status = task.CheckFlags();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << flag;
    EXPECT_EQ(std::string(status.message()), message);
  };
  expect("--train_size=0", "flag --train_size wants a number of 1 to 1000000, not 0");
  expect("--test_size=0", "flag --test_size wants a number of 1 to 1000000, not 0");
  expect("--validation_size=0", "flag --validation_size wants a number of 1 to 1000000, not 0");
  expect("--epochs=0", "flag --epochs wants a number of 1 to 1000000, not 0");
  expect("--batch_size=2001", "flag --batch_size wants a number of 1 to 2000 (--train_size), not 2001");
  expect("--seeds=", "flag --seeds wants at least one seed");
}

}  // namespace
}  // namespace dl
