#include "modules/training/fast_cifar_recipe.h"

#include <algorithm>
#include <cmath>

#include "datasets/batches.h"
#include "gtest/gtest.h"
#include "modules/cnn/fast_cifar.h"
#include "modules/training/multi_crop.h"

namespace dl {
namespace {

// Stripes that lie or stand, of random width, colour and place: 16x16, three colours, two classes.
Dataset Stripes(int64_t count, uint64_t seed) {
  Dataset data{"stripes", {3, 16, 16}, {}, {}, {"lying", "standing"}};
  Random random(seed);
  std::vector<uint8_t> bytes;
  for (int64_t n = 0; n < count; ++n) {
    const auto label = static_cast<int32_t>(random.Below(2));
    const float wave = random.Uniform(0.8f, 1.6f), phase = random.Uniform(0, 6.28f);
    for (int64_t c = 0; c < 3; ++c) {
      const float colour = random.Uniform(20, 60);
      for (int64_t i = 0; i < 256; ++i) {
        const auto place = static_cast<float>(label == 1 ? i % 16 : i / 16);
        bytes.push_back(static_cast<uint8_t>(128 + colour * std::sin(wave * place + phase) + random.Uniform(-40, 40)));
      }
    }
    data.labels.push_back(label);
  }
  data.values = std::move(bytes);
  return data;
}

struct Trained {
  Trained(int64_t epochs, uint64_t seed)
      : train(Stripes(512, 1)),
        normalization(ChannelNormalization(train)),
        random(seed),
        net(FastCifar(FirstImages(), random, {.classes = 2, .widths = {8, 8, 8}})),
        recipe(MakeFastCifarRecipe(net, {.epochs = std::max<double>(static_cast<double>(epochs), 1),
                                         .batch_size = 64,
                                         .train_size = train.size()})) {
    Random chance(seed);
    for (int64_t epoch = 0; epoch < epochs; ++epoch) {
      const BatchOptions batching = {.batch_size = 64,
                                     .drop_last = true,
                                     .normalization = normalization,
                                     .augmentation = recipe.augmentation,
                                     .epoch = epoch};
      for (const Batch& batch : Batches::Shuffled(train, batching, chance.Split(epoch))) {
        TrainStep(net, *recipe.optimizer, recipe.loss, batch, chance);
      }
    }
  }

  Tensor FirstImages() {
    return Batches::InOrder(train, {.batch_size = 100, .normalization = normalization})[0].inputs;
  }

  Tensor Value(const std::string& name) const {
    std::vector<Parameter> all = net.Parameters(), buffers = net.Buffers();
    all.insert(all.end(), buffers.begin(), buffers.end());
    for (const Parameter& parameter : all) {
      if (parameter.name == name) return parameter.variable.value();
    }
    return Tensor();
  }

  Dataset train;
  Normalization normalization;
  Random random;
  Sequential net;
  FastCifarRecipe recipe;
};

bool Equal(const Tensor& a, const Tensor& b) {
  return std::equal(a.values().begin(), a.values().end(), b.data(), b.data() + b.size());
}

TEST(FastCifarRecipeTest, LearnsStripes) {
  Trained trained(6, 1);
  const Dataset test = Stripes(300, 2);
  MultiCrop crops(trained.net);
  const double accuracy = Evaluate(crops, test, trained.normalization).accuracy;
  EXPECT_GT(accuracy, 0.97);
  EXPECT_EQ(trained.recipe.optimizer->step(), trained.recipe.steps);
}

TEST(FastCifarRecipeTest, StepsAreThePapers) {
  Random random(1);
  Sequential net = FastCifar(Tensor::Full({1, 3, 16, 16}, 1), random, {.widths = {4}});
  const FastCifarRecipe recipe = MakeFastCifarRecipe(net);
  EXPECT_EQ(recipe.steps_per_epoch, 48);
  EXPECT_EQ(recipe.steps, 476);
  EXPECT_EQ(recipe.augmentation.flip, Flip::kAlternating);
}

// One step of descent by hand, of the shifts (gradient 1, value 2) and of the head (gradient 1, value 3).
TEST(FastCifarRecipeTest, ShiftsLearnFasterAndShrinkAsMuch) {
  Random random(1);
  Sequential net = FastCifar(Tensor::Full({1, 3, 16, 16}, 1), random, {.widths = {4}});
  const FastCifarRecipe recipe = MakeFastCifarRecipe(net);
  const FastCifarParameters parts = FastCifarParametersOf(net);
  Variable shift = parts.shifts[0], head = parts.others.back();
  shift.mutable_value() = Tensor::Full(shift.shape(), 2);
  head.mutable_value() = Tensor::Full(head.shape(), 3);
  std::vector<Tensor> gradients;
  for (const Variable& p : recipe.optimizer->parameters()) gradients.push_back(Tensor::Full(p.shape(), 1));
  recipe.optimizer->Step(gradients);
  const double examples = 1024 * (1 + 1 / 0.15), rate = 0.2 * 11.5 / examples * 1024,
               shrink = 0.2 * 0.0153 * 1024 / examples;
  EXPECT_NEAR(shift.value().data()[0], 2 - 1.85 * (64 * rate + shrink * 2), 1e-4);
  EXPECT_NEAR(head.value().data()[0], 3 - 1.85 * (rate + shrink * 3), 1e-5);
}

TEST(FastCifarRecipeTest, FrozenPartsStayAndTheWhiteningBiasStops) {
  const Trained start(0, 3), three(3, 3);
  Trained four(3, 3);  // and one more epoch's steps
  for (const std::string name : {"group1.bn1.weight", "group3.bn2.weight"}) {
    for (float scale : three.Value(name).values()) EXPECT_EQ(scale, 1);
  }
  EXPECT_TRUE(Equal(start.Value("whiten.weight"), three.Value("whiten.weight")));
  EXPECT_FALSE(Equal(start.Value("whiten.bias"), three.Value("whiten.bias")));
  EXPECT_FALSE(Equal(start.Value("group1.bn1.bias"), three.Value("group1.bn1.bias")));
  EXPECT_FALSE(Equal(start.Value("group1.bn1.running_mean"), three.Value("group1.bn1.running_mean")));
  Random chance(9);
  const Batch batch = Batches::InOrder(four.train, {.batch_size = 64, .normalization = four.normalization})[0];
  for (int i = 0; i < 4; ++i) TrainStep(four.net, *four.recipe.optimizer, four.recipe.loss, batch, chance);
  const Tensor bias = four.Value("whiten.bias"), before = three.Value("whiten.bias");
  for (int64_t i = 0; i < bias.size(); ++i) EXPECT_NEAR(bias.data()[i], before.data()[i], 1e-6);  // averaging rounds
  EXPECT_FALSE(Equal(four.Value("head.weight"), three.Value("head.weight")));
}

TEST(FastCifarRecipeTest, OneSeedOneResult) {
  const Trained a(1, 5), b(1, 5), other(1, 6);
  EXPECT_TRUE(Equal(a.Value("head.weight"), b.Value("head.weight")));
  EXPECT_FALSE(Equal(a.Value("head.weight"), other.Value("head.weight")));
}

TEST(FastCifarRecipeDeathTest, ABatchMustFit) {
  Random random(1);
  Sequential net = FastCifar(Tensor::Full({1, 3, 16, 16}, 1), random, {.widths = {4}});
  EXPECT_DEATH(MakeFastCifarRecipe(net, {.train_size = 100}), "batches of 1024 of 100 examples");
}

}  // namespace
}  // namespace dl
