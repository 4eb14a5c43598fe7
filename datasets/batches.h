// From a data set to the batches of one pass over it.
//
//   for (const Batch& batch : Batches::Shuffled(train, {.batch_size = 64}, random.Split(epoch))) ...
#ifndef DATASETS_BATCHES_H_
#define DATASETS_BATCHES_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "datasets/dataset.h"
#include "datasets/normalization.h"
#include "modules/base/random.h"
#include "modules/primitives/tensor.h"

namespace dl {

struct Batch {
  Tensor inputs;                // [N, example_shape...]; bytes scaled to [0, 1], then normalized
  std::vector<int32_t> labels;  // N
  // Where examples are mixtures: N labels of the parts mixed in, and how large a share of each example they are.
  std::vector<int32_t> mixed_labels;
  float mixed_share = 0;
};

// The examples of the given indices, in their order.
Batch MakeBatch(const Dataset& dataset, absl::Span<const int64_t> indices, const Normalization& normalization = {});

struct BatchOptions {
  int64_t batch_size = 64;
  bool drop_last = false;  // leave out a last batch that is not full
  Normalization normalization = {};
};

// The batches of one pass. The data set must outlive them.
class Batches {
 public:
  // Examples as they stand: for evaluation.
  static Batches InOrder(const Dataset& dataset, BatchOptions options);
  // Examples in an order that `random` draws: for training, with another generator each epoch.
  static Batches Shuffled(const Dataset& dataset, BatchOptions options, Random random);

  int64_t size() const;  // batches
  // Batch i; made on the call, so that a resumed run begins with any.
  Batch operator[](int64_t i) const;

  class Iterator {
   public:
    Batch operator*() const { return (*batches_)[i_]; }
    Iterator& operator++() {
      ++i_;
      return *this;
    }
    bool operator==(const Iterator& other) const = default;

   private:
    friend class Batches;
    Iterator(const Batches* batches, int64_t i) : batches_(batches), i_(i) {}
    const Batches* batches_;
    int64_t i_;
  };
  Iterator begin() const { return {this, 0}; }
  Iterator end() const { return {this, size()}; }

 private:
  Batches(const Dataset& dataset, BatchOptions options, std::vector<int64_t> order);

  const Dataset* dataset_;
  BatchOptions options_;
  std::vector<int64_t> order_;
};

}  // namespace dl

#endif  // DATASETS_BATCHES_H_
