#include "datasets/batch.h"

#include <numeric>

#include "gtest/gtest.h"

namespace dl {
namespace {

// Example i is the image [1, 1, 2] of the bytes 2i and 2i + 1, with label i.
Dataset Counting(int n) {
  Dataset set{"counting", {1, 1, 2}, std::vector<uint8_t>(2 * n), {}, std::vector<std::string>(n)};
  for (int i = 0; i < n; ++i) {
    set.labels.push_back(i);
    std::get<0>(set.values)[2 * i] = static_cast<uint8_t>(2 * i);
    std::get<0>(set.values)[2 * i + 1] = static_cast<uint8_t>(2 * i + 1);
  }
  return set;
}

TEST(MakeBatchTest, GathersExamplesInTheOrderOfTheIndices) {
  const Batch batch = MakeBatch(Counting(5), {3, 0});
  EXPECT_EQ(batch.inputs.shape(), (Shape{2, 1, 1, 2}));
  EXPECT_EQ(batch.labels, (std::vector<int32_t>{3, 0}));
  EXPECT_FLOAT_EQ(batch.inputs.data()[0], 6.0f / 255);
  EXPECT_FLOAT_EQ(batch.inputs.data()[1], 7.0f / 255);
  EXPECT_EQ(batch.inputs.data()[2], 0.0f);
}

TEST(MakeBatchTest, WhiteIsExactlyOne) {
  const Dataset white{"white", {1}, std::vector<uint8_t>{255}, {0}, {"white"}};
  EXPECT_EQ(MakeBatch(white, {0}).inputs.item(), 1.0f);
}

TEST(MakeBatchTest, NormalizesEachChannel) {
  const Dataset points{"points", {2}, std::vector<float>{1, 10, 3, 20}, {0, 0}, {"a"}};
  const Batch batch = MakeBatch(points, {0, 1}, {.mean = {2, 10}, .deviation = {1, 5}});
  EXPECT_EQ(batch.inputs.values(), (std::vector<float>{-1, 0, 1, 2}));
}

TEST(MakeBatchTest, ANormalizedTrainingSetHasMeanZeroAndDeviationOne) {
  const Dataset train = Counting(100);
  const Normalization normalization = ChannelNormalization(train);
  std::vector<int64_t> all(100);
  std::iota(all.begin(), all.end(), 0);
  const Batch batch = MakeBatch(train, all, normalization);
  double sum = 0, square = 0;
  for (float x : batch.inputs.values()) sum += x, square += x * x;
  EXPECT_NEAR(sum / 200, 0, 1e-6);
  EXPECT_NEAR(square / 200, 1, 1e-6);
}

// Examples 0, 1, 2: grey images [1, 2, 2] of the bytes 0, 51, 102, 153, all of them plus the example's number times 10.
Dataset Ramps() {
  Dataset set{
      "ramps", {1, 2, 2}, std::vector<uint8_t>{0, 51, 102, 153, 10, 61, 112, 163, 20, 71, 122, 173}, {0, 1, 2}, {}};
  set.class_names = {"a", "b", "c"};
  return set;
}

const Normalization kNormalization = {.mean = {0.5f}, .deviation = {0.25f}};

TEST(MakeAugmentedBatchTest, WithoutAugmentationIsTheBatch) {
  const Batch plain = MakeBatch(Ramps(), {2, 0}, kNormalization);
  const Batch same = MakeAugmentedBatch(Ramps(), {2, 0}, kNormalization, {}, 0, Random(1));
  EXPECT_EQ(plain.inputs.values(), same.inputs.values());
  EXPECT_EQ(plain.labels, same.labels);
  EXPECT_TRUE(same.mixed_labels.empty());
  EXPECT_EQ(same.mixed_share, 0);
}

TEST(MakeAugmentedBatchTest, AFlippedImageIsNormalizedLikeAnother) {
  const std::vector<int64_t> indices(64, 0);
  const Batch batch = MakeAugmentedBatch(Ramps(), indices, kNormalization, {.flip = Flip::kRandom}, 0, Random(1));
  const std::vector<float> upright = {-2.0f, -1.2f, -0.4f, 0.4f}, flipped = {-1.2f, -2.0f, 0.4f, -0.4f};
  int flips = 0;
  for (int64_t n = 0; n < 64; ++n) {
    const float* x = batch.inputs.data() + 4 * n;
    const bool turned = x[0] > x[1];
    flips += turned;
    for (int i = 0; i < 4; ++i) EXPECT_NEAR(x[i], (turned ? flipped : upright)[i], 1e-6);
  }
  EXPECT_GT(flips, 16);
  EXPECT_LT(flips, 48);
}

TEST(MakeAugmentedBatchTest, AnAlternatingFlipShowsBothSidesInTwoEpochs) {
  Dataset many = Ramps();
  std::vector<int64_t> indices;
  for (int64_t i = 0; i < 3; ++i) indices.push_back(i);
  const AugmentationOptions alternating = {.flip = Flip::kAlternating};
  const auto epoch = [&](int64_t e, uint64_t seed) {
    return MakeAugmentedBatch(many, indices, kNormalization, alternating, e, Random(seed)).inputs;
  };
  EXPECT_EQ(epoch(0, 1).values(), epoch(2, 2).values());
  const Tensor even = epoch(0, 1), odd = epoch(1, 1);
  for (int64_t row = 0; row < 6; ++row) {
    EXPECT_EQ(even.data()[2 * row], odd.data()[2 * row + 1]);
    EXPECT_EQ(even.data()[2 * row + 1], odd.data()[2 * row]);
  }
}

// Black comes in before normalization, the square of a cutout is the mean.
TEST(MakeAugmentedBatchTest, CropsBringInBlackAndCutoutsTheMean) {
  const Dataset white{"white", {1, 8, 8}, std::vector<uint8_t>(64, 255), {0}, {"white"}};
  const std::vector<int64_t> indices(50, 0);
  const Batch cropped = MakeAugmentedBatch(white, indices, kNormalization, {.crop = 3}, 0, Random(1));
  const Batch cut = MakeAugmentedBatch(white, indices, kNormalization, {.cutout = 4}, 0, Random(1));
  int black = 0, mean = 0;
  for (float x : cropped.inputs.values()) {
    EXPECT_TRUE(x == 2 || x == -2) << x;
    black += x == -2;
  }
  for (float x : cut.inputs.values()) {
    EXPECT_TRUE(x == 2 || x == 0) << x;
    mean += x == 0;
  }
  // A move by k of {-3, ..., 3} keeps 8 - |k| lines, 44/7 in the mean, of 8; a square keeps 4, or 2 to 3 at an edge.
  EXPECT_NEAR(black / 3200.0, 1 - (44.0 / 56) * (44.0 / 56), 0.06);
  EXPECT_NEAR(mean / 3200.0, (29.0 / 64) * (29.0 / 64), 0.03);
}

TEST(MakeAugmentedBatchTest, JitterWorksOnLightNotOnInputs) {
  const Dataset grey{"grey", {3, 1, 1}, std::vector<uint8_t>{102, 102, 102}, {0}, {"grey"}};
  const Normalization normalization = {.mean = {0.4f, 0.4f, 0.4f}, .deviation = {0.5f, 0.25f, 0.1f}};
  const std::vector<int64_t> indices(100, 0);
  const Batch batch = MakeAugmentedBatch(grey, indices, normalization, {.jitter = 0.5f}, 0, Random(1));
  float darkest = 1, brightest = 0;
  for (int64_t n = 0; n < 100; ++n) {
    const float* x = batch.inputs.data() + 3 * n;
    const float light = 0.4f + 0.5f * x[0];  // one pixel of grey: contrast and saturation change nothing
    EXPECT_NEAR(0.4f + 0.25f * x[1], light, 1e-5);
    EXPECT_NEAR(0.4f + 0.1f * x[2], light, 1e-5);
    darkest = std::min(darkest, light), brightest = std::max(brightest, light);
  }
  EXPECT_NEAR(darkest, 0.2, 0.02);
  EXPECT_NEAR(brightest, 0.6, 0.02);
}

TEST(MakeAugmentedBatchTest, MixedInputsAndLabelsBelongTogether) {
  const Dataset set = Ramps();
  const Batch plain = MakeBatch(set, {0, 1, 2}, kNormalization);
  bool moved = false;
  for (uint64_t seed = 0; seed < 10; ++seed) {
    const Batch batch = MakeAugmentedBatch(set, {0, 1, 2}, kNormalization, {.mixup = 1}, 0, Random(seed));
    EXPECT_EQ(batch.labels, plain.labels);
    ASSERT_EQ(batch.mixed_labels.size(), 3u);
    EXPECT_GE(batch.mixed_share, 0);
    EXPECT_LE(batch.mixed_share, 1);
    for (int64_t i = 0; i < 3; ++i) {
      const int64_t j = batch.mixed_labels[i];  // labels are the examples' numbers
      moved |= i != j;
      for (int64_t k = 0; k < 4; ++k) {
        const float own = plain.inputs.data()[4 * i + k], others = plain.inputs.data()[4 * j + k];
        EXPECT_NEAR(batch.inputs.data()[4 * i + k], own + batch.mixed_share * (others - own), 1e-5);
      }
    }
  }
  EXPECT_TRUE(moved);
}

TEST(MakeAugmentedBatchTest, PointsMayBeMixed) {
  const Dataset points{"points", {2}, std::vector<float>{0, 0, 1, 2}, {0, 1}, {"a", "b"}};
  const Batch batch = MakeAugmentedBatch(points, {0, 1}, {}, {.mixup = 1}, 0, Random(1));
  EXPECT_EQ(batch.inputs.data()[1], 2 * batch.inputs.data()[0]);
}

TEST(MakeAugmentedBatchTest, IsAFunctionOfItsArguments) {
  const AugmentationOptions all = {.crop = 1, .flip = Flip::kRandom, .cutout = 1, .jitter = 0.1f, .mixup = 0.5f};
  const auto make = [&](uint64_t seed) {
    return MakeAugmentedBatch(Ramps(), {0, 1, 2}, kNormalization, all, 0, Random(seed));
  };
  EXPECT_EQ(make(1).inputs.values(), make(1).inputs.values());
  EXPECT_EQ(make(1).mixed_labels, make(1).mixed_labels);
  EXPECT_NE(make(1).inputs.values(), make(2).inputs.values());
}

TEST(MakeBatchDeathTest, NamesWhatIsOutOfRange) {
  const Dataset set = Counting(5);
  EXPECT_DEATH(MakeBatch(set, {5}), "example 5 of 5 of counting");
  EXPECT_DEATH(MakeBatch(set, {0}, {.mean = {0, 0}, .deviation = {1, 1}}), "is of 2 channels");
  EXPECT_DEATH(MakeAugmentedBatch(set, {0}, {}, {.crop = 1}, 0, Random(1)), "less than their size");
}

}  // namespace
}  // namespace dl
