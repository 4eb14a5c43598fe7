// From a data set to the batches of one pass over it.
//
//   for (const Batch& batch : Batches::Shuffled(train, {.batch_size = 64}, random.Split(epoch))) ...
#ifndef DATASETS_BATCHES_H_
#define DATASETS_BATCHES_H_

#include <cstddef>
#include <cstdint>
#include <future>
#include <iterator>
#include <vector>

#include "datasets/augmentation.h"
#include "datasets/batch.h"
#include "datasets/dataset.h"
#include "datasets/normalization.h"
#include "modules/base/random.h"

namespace dl {

struct BatchOptions {
  int64_t batch_size = 64;
  bool drop_last = false;  // leave out a last batch that is not full
  Normalization normalization = {};
  AugmentationOptions augmentation = {};  // of shuffled batches
  int64_t epoch = 0;                      // from 0; what an alternating flip goes by
};

// The batches of one pass. The data set must outlive them.
class Batches {
 public:
  // Examples as they stand: for evaluation. The program stops where augmentation is asked for.
  static Batches InOrder(const Dataset& dataset, BatchOptions options);
  // Examples in an order that `random` draws, augmented: for training, with another generator each epoch. Batch i is a
  // function of the data set, the options, `random` and i only.
  static Batches Shuffled(const Dataset& dataset, BatchOptions options, Random random);

  int64_t size() const;  // batches
  // Batch i; made on the call.
  Batch operator[](int64_t i) const;

  // The same batches, but iterating begins with batch i, 0 to size(): for a run that is resumed.
  Batches From(int64_t i) const;

  // Goes over the batches once. While the caller works on batch i, a thread makes batch i + 1 where that takes long
  // enough to be worth one. The batches must outlive it.
  class Iterator {
   public:
    using value_type = Batch;
    using difference_type = std::ptrdiff_t;

    const Batch& operator*() const { return batch_; }  // valid until the iterator moves on
    Iterator& operator++();
    void operator++(int) { ++*this; }
    bool operator==(std::default_sentinel_t) const { return i_ == batches_->size(); }

   private:
    friend class Batches;
    Iterator(const Batches* batches, int64_t i);
    void Load();  // batch_ = batch i_, and the making of the next one begins

    const Batches* batches_;
    int64_t i_;
    Batch batch_;
    std::future<Batch> next_;  // its destructor waits for the thread, so that a loop may be left at any time
  };
  Iterator begin() const { return {this, first_}; }
  std::default_sentinel_t end() const { return {}; }

 private:
  Batches(const Dataset& dataset, BatchOptions options, std::vector<int64_t> order, Random random);

  const Dataset* dataset_;
  BatchOptions options_;
  std::vector<int64_t> order_;
  Random random_;  // of the augmentation
  int64_t first_ = 0;
};

}  // namespace dl

#endif  // DATASETS_BATCHES_H_
