#include "modules/cnn/commands/training_setup.h"

#include "datasets/catalog.h"
#include "gtest/gtest.h"
#include "modules/primitives/reorder.h"

namespace dl {
namespace {

Dataset Shapes(int64_t count) { return LoadDataset("shapes", {.train_size = count, .test_size = 1})->train; }

Sequential Net(const TrainSettings& settings, const Dataset& train) {
  return *NetworkOf(settings, train, ChannelNormalization(train));
}

TEST(TrainingSetupTest, TheSeedMakesTheNetwork) {
  const Dataset train = Shapes(4);
  const auto first_weight = [&](uint64_t seed) {
    const Sequential net = Net({.model = "small-cnn", .seed = seed}, train);
    return Variables(net)[0].value().values()[0];
  };
  EXPECT_EQ(first_weight(1), first_weight(1));
  EXPECT_NE(first_weight(1), first_weight(2));
}

// It whitens the patches that it has seen, so that other pictures make other filters.
TEST(TrainingSetupTest, TheFastNetworkStartsFromTheExamples) {
  const TrainSettings settings = *UsualSettings("fast-cifar", "shapes");
  const auto filters = [&](int64_t count) {
    const Sequential net = Net(settings, Shapes(count));
    for (const Parameter& buffer : net.Buffers()) {
      if (buffer.variable.value().shape() == Shape{24, 3, 2, 2}) return buffer.variable.value();
    }
    return Tensor();
  };
  const Tensor a = filters(20), b = filters(20), other = filters(21);
  ASSERT_EQ(a.size(), 24 * 12);
  EXPECT_EQ(a.values()[0], b.values()[0]);
  EXPECT_NE(a.values()[0], other.values()[0]);
}

TEST(TrainingSetupTest, TheRateFollowsTheScheduleOverTheWholeTraining) {
  const Dataset train = Shapes(8);
  TrainSettings settings = {
      .model = "mlp", .epochs = 5, .batch_size = 4, .optimizer = "sgd", .rate = 1, .schedule = "linear"};
  Sequential net = Net(settings, train);
  const auto optimizer = *OptimizerOf(settings, net, train.size());
  std::vector<Tensor> ones;
  for (const Variable& p : optimizer->parameters()) ones.push_back(Tensor::Full(p.shape(), 1));
  const auto value = [&] { return ToPlain(optimizer->parameters()[0].value()).values()[0]; };
  for (int step = 0; step < 10; ++step) {  // 5 epochs of 2 batches
    const float before = value();
    optimizer->Step(ones);
    EXPECT_NEAR(before - value(), 1 - step / 10.0, 1e-5) << step;
  }
}

// Both ways of training the fast network leave the scales of its normalisations, and the whitening, alone.
TEST(TrainingSetupTest, TheFastNetworkLearnsItsOwnParametersOnly) {
  const Dataset train = Shapes(20);
  TrainSettings settings = *UsualSettings("fast-cifar", "shapes");
  settings.batch_size = 10;
  const Sequential net = Net(settings, train);
  const size_t recipe = (*OptimizerOf(settings, net, 20))->parameters().size();
  settings = *UsualSettings("fast-cifar", "shapes", "adam");
  settings.batch_size = 10;
  EXPECT_EQ((*OptimizerOf(settings, net, 20))->parameters().size(), recipe);
  EXPECT_LT(recipe, Variables(net).size());
}

TEST(TrainingSetupTest, OptionsAreTheSettings) {
  const TrainOptions options = TrainOptionsOf({.epochs = 3,
                                               .batch_size = 5,
                                               .smoothing = 0.5,
                                               .augment = "crop:2+flip",
                                               .normalize = false,
                                               .average_decay = 0.9,
                                               .precision = "bf16",
                                               .seed = 7});
  EXPECT_EQ(options.epochs, 3);
  EXPECT_EQ(options.batch_size, 5);
  EXPECT_EQ(options.seed, 7u);
  EXPECT_EQ(options.augmentation, (AugmentationOptions{.crop = 2, .flip = Flip::kRandom}));
  EXPECT_FALSE(options.normalize);
  EXPECT_EQ(options.average_decay, 0.9);
  EXPECT_EQ(options.precision, DType::kBF16);
  // Half of the charge is for being sure: even the right answer costs.
  const Variable sure(Tensor::Of({1, 2}, {20, 0}));
  EXPECT_GT(options.loss(sure, {0}).value().item(), 4);
}

}  // namespace
}  // namespace dl
