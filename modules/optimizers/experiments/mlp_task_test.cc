#include "modules/optimizers/experiments/mlp_task.h"

#include "gtest/gtest.h"

namespace dl {
namespace {

absl::Status Check(const std::string& argument) {
  MlpTask task;
  FlagSet flags("");
  task.AddFlags(flags);
  EXPECT_TRUE(flags.Parse({argument}).ok());
  return task.CheckFlags();
}

TEST(MlpTaskTest, NetworksFitTheDataAndFollowTheSeed) {
  const MlpTask task{.train_size = 20, .test_size = 10, .hidden = {5, 4}};
  const TrainTest data = task.Load("").value();
  EXPECT_EQ(data.train.size(), 20);
  EXPECT_EQ(data.test.size(), 10);
  const MakeModel network = task.Networks(data.train);
  const Sequential one = network(1), again = network(1), other = network(2);
  EXPECT_EQ(ParameterCount(one), 784 * 5 + 5 + 5 * 4 + 4 + 4 * 10 + 10);
  EXPECT_EQ(Weights(one)[0].value().data()[0], Weights(again)[0].value().data()[0]);
  EXPECT_NE(Weights(one)[0].value().data()[0], Weights(other)[0].value().data()[0]);
}

TEST(MlpTaskTest, StepsAreThoseOfFullBatches) {
  const MlpTask task{.train_size = 100, .epochs = 3, .batch_size = 40};
  EXPECT_EQ(task.Steps(), 6);
  EXPECT_EQ(task.Training("adam").name, "adam");
  EXPECT_EQ(task.Training("adam").epochs, 3);
  EXPECT_EQ(task.Training("adam").batch_size, 40);
}

TEST(MlpTaskTest, ImpossibleFlagsAreRefused) {
  const auto expect = [](const std::string& flag, const std::string& message) {
    const absl::Status status = Check(flag);
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << flag;
    EXPECT_EQ(status.message(), message) << flag;
  };
  expect("--train_size=0", "flag --train_size wants a number of 1 to 10000000, not 0");
  expect("--test_size=-1", "flag --test_size wants a number of 1 to 10000000, not -1");
  expect("--hidden=8,0", "flag --hidden wants numbers of 1 to 4096, not 0");
  expect("--epochs=0", "flag --epochs wants a number of 1 to 1000000, not 0");
  expect("--batch_size=5000", "flag --batch_size wants a number of 1 to 4000 (--train_size), not 5000");
  expect("--seeds=1,1", "flag --seeds wants each seed once, not 1 twice");
  EXPECT_TRUE(Check("--hidden=").ok());  // no hidden layer: softmax regression
}

}  // namespace
}  // namespace dl
