#include "datasets/batches.h"

#include <algorithm>
#include <chrono>
#include <thread>

#include "gtest/gtest.h"
#include "modules/primitives/allocator.h"

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

// Large enough for the next batch to be made by another thread.
class PrefetchTest : public testing::Test {
 protected:
  static constexpr int64_t kBatch = 50;

  PrefetchTest() : set_{"noise", {3, 32, 32}, std::vector<uint8_t>(5 * kBatch * 3072), {}, {"a", "b"}} {
    Random random(1);
    for (uint8_t& byte : std::get<0>(set_.values)) byte = static_cast<uint8_t>(random.Bits());
    for (int i = 0; i < 5 * kBatch; ++i) set_.labels.push_back(i % 2);
  }

  Batches Augmented() const {
    return Batches::Shuffled(
        set_,
        {.batch_size = kBatch,
         .augmentation = {.crop = 4, .flip = Flip::kRandom, .cutout = 8, .jitter = 0.2f, .mixup = 1},
         .epoch = 3},
        Random(7));
  }

  static void ExpectEqual(const Batch& a, const Batch& b) {
    EXPECT_EQ(a.inputs.values(), b.inputs.values());
    EXPECT_EQ(a.labels, b.labels);
    EXPECT_EQ(a.mixed_labels, b.mixed_labels);
    EXPECT_EQ(a.mixed_share, b.mixed_share);
  }

  Dataset set_;
};

TEST_F(PrefetchTest, IteratingGivesTheBatchesThatIndexingGives) {
  const Batches batches = Augmented();
  int64_t i = 0;
  for (const Batch& batch : batches) ExpectEqual(batch, batches[i++]);
  EXPECT_EQ(i, 5);
}

TEST_F(PrefetchTest, AResumedPassSeesTheSameBatches) {
  const Batches batches = Augmented();
  int64_t i = 3;
  for (const Batch& batch : Augmented().From(3)) ExpectEqual(batch, batches[i++]);
  EXPECT_EQ(i, 5);
  for (const Batch& batch : Augmented().From(5)) FAIL() << batch.labels.size();
}

TEST_F(PrefetchTest, EveryBatchIsAugmentedDifferently) {
  const Batches batches = Augmented();
  EXPECT_NE(batches[0].mixed_share, batches[1].mixed_share);
  EXPECT_NE(batches[0].inputs.values(), batches[1].inputs.values());
}

TEST_F(PrefetchTest, TheEpochTurnsAlternatingFlips) {
  const auto epoch = [&](int64_t e) {
    const BatchOptions options = {.augmentation = {.flip = Flip::kAlternating}, .epoch = e};
    return Batches::Shuffled(set_, options, Random(1))[0].inputs;
  };
  EXPECT_NE(epoch(0).values(), epoch(1).values());
  EXPECT_EQ(epoch(0).values(), epoch(2).values());
}

// How many bytes tensors hold more than `before`, once they are `enough` or `patience` milliseconds are over.
int64_t BytesBeyond(int64_t before, int64_t enough, int patience) {
  int64_t more = 0;
  for (int i = 0; i < patience && more < enough; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    more = GetAllocatorStats().bytes_in_use - before;
  }
  return more;
}

TEST_F(PrefetchTest, TheNextLargeBatchIsMadeMeanwhileASmallOneOnDemand) {
  const int64_t before = GetAllocatorStats().bytes_in_use;
  const Batches large = Augmented(), small = Batches::Shuffled(set_, {.batch_size = 1}, Random(1));
  constexpr int64_t kImage = 3072 * sizeof(float);
  {
    const auto first = large.begin();
    EXPECT_GE(BytesBeyond(before, 2 * kBatch * kImage, 10000), 2 * kBatch * kImage);
  }
  const auto first = small.begin();
  EXPECT_EQ(BytesBeyond(before, 2 * kImage, 50), kImage);
}

TEST_F(PrefetchTest, ALoopMayBeLeftAtAnyTime) {
  for (int64_t after = 0; after < 5; ++after) {
    int64_t seen = 0;
    for (const Batch& batch : Augmented()) {
      EXPECT_EQ(batch.labels.size(), static_cast<size_t>(kBatch));
      if (seen++ == after) break;
    }
    EXPECT_EQ(seen, after + 1);
  }
}

TEST_F(PrefetchTest, AnExceptionMayLeaveTheLoop) {
  EXPECT_THROW(
      {
        for (const Batch& batch : Augmented()) throw batch.labels.size();
      },
      size_t);
}

// What the thread made is the caller's alone: it may be kept, and written to.
TEST_F(PrefetchTest, ABatchMayBeKeptBeyondItsTurn) {
  std::vector<Batch> kept;
  for (Batch batch : Augmented()) {
    batch.inputs.mutable_data()[0] = 1000;
    kept.push_back(std::move(batch));
  }
  const Batches batches = Augmented();
  for (int64_t i = 0; i < 5; ++i) {
    EXPECT_EQ(kept[i].inputs.data()[0], 1000);
    EXPECT_EQ(kept[i].inputs.values().subspan(1), batches[i].inputs.values().subspan(1));
  }
}

TEST(BatchesTest, FromLeavesOutTheFirst) {
  const Dataset set = Counting(10);
  EXPECT_EQ(AllLabels(Batches::InOrder(set, {.batch_size = 4}).From(1)),
            std::vector<int32_t>(set.labels.begin() + 4, set.labels.end()));
  EXPECT_EQ(Batches::InOrder(set, {.batch_size = 4}).From(1).size(), 3);
}

TEST(BatchesDeathTest, NamesWhatIsOutOfRange) {
  const Dataset set = Counting(5);
  EXPECT_DEATH(Batches::InOrder(set, {.batch_size = 0}), "batch_size is 0");
  EXPECT_DEATH(Batches::InOrder(set, {.batch_size = 5})[1], "batch 1 of 1");
  EXPECT_DEATH(Batches::InOrder(set, {.batch_size = 5}).From(2), "batch 2 of 1");
  EXPECT_DEATH(Batches::InOrder(set, {.augmentation = {.flip = Flip::kRandom}}),
               "augmentation is for shuffled batches");
  EXPECT_DEATH(Batches::Shuffled(set, {.augmentation = {.crop = 1}}, Random(1)), "less than their size");
}

}  // namespace
}  // namespace dl
