#include "datasets/batches.h"

#include <algorithm>

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

std::vector<int32_t> AllLabels(const Batches& batches) {
  std::vector<int32_t> labels;
  for (const Batch& batch : batches) labels.insert(labels.end(), batch.labels.begin(), batch.labels.end());
  return labels;
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
  const Batch batch = Batches::InOrder(train, {.batch_size = 100, .normalization = normalization})[0];
  double sum = 0, square = 0;
  for (float x : batch.inputs.values()) sum += x, square += x * x;
  EXPECT_NEAR(sum / 200, 0, 1e-6);
  EXPECT_NEAR(square / 200, 1, 1e-6);
}

TEST(BatchesTest, InOrderGivesEveryExampleOnceAndAShortLastBatch) {
  const Dataset set = Counting(10);
  const Batches batches = Batches::InOrder(set, {.batch_size = 4});
  EXPECT_EQ(batches.size(), 3);
  EXPECT_EQ(batches[2].inputs.dim(0), 2);
  EXPECT_EQ(AllLabels(batches), set.labels);
}

TEST(BatchesTest, DropLastLeavesTheShortBatchOut) {
  const Dataset set = Counting(10);
  EXPECT_EQ(Batches::InOrder(set, {.batch_size = 4, .drop_last = true}).size(), 2);
  EXPECT_EQ(Batches::InOrder(set, {.batch_size = 5, .drop_last = true}).size(), 2);
}

TEST(BatchesTest, ShufflesEveryExampleOnceAndByTheGenerator) {
  const Dataset set = Counting(100);
  const BatchOptions options{.batch_size = 7};
  std::vector<int32_t> labels = AllLabels(Batches::Shuffled(set, options, Random(1)));
  EXPECT_NE(labels, set.labels);
  EXPECT_EQ(labels, AllLabels(Batches::Shuffled(set, options, Random(1))));
  EXPECT_NE(labels, AllLabels(Batches::Shuffled(set, options, Random(2))));
  std::sort(labels.begin(), labels.end());
  EXPECT_EQ(labels, set.labels);
}

TEST(BatchesTest, AnEmptySetHasNoBatches) {
  const Dataset set = Counting(0);
  EXPECT_EQ(Batches::InOrder(set, {}).size(), 0);
}

TEST(BatchesDeathTest, NamesWhatIsOutOfRange) {
  const Dataset set = Counting(5);
  EXPECT_DEATH(MakeBatch(set, {5}), "example 5 of 5 of counting");
  EXPECT_DEATH(MakeBatch(set, {0}, {.mean = {0, 0}, .deviation = {1, 1}}), "is of 2 channels");
  EXPECT_DEATH(Batches::InOrder(set, {.batch_size = 0}), "batch_size is 0");
  EXPECT_DEATH(Batches::InOrder(set, {.batch_size = 5})[1], "batch 1 of 1");
}

}  // namespace
}  // namespace dl
