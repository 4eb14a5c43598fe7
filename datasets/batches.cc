#include "datasets/batches.h"

#include <algorithm>
#include <numeric>
#include <string>
#include <utility>

#include "modules/base/check.h"

namespace dl {
namespace {

// A thread is worth starting, which takes about 40 us, for a batch of so many values: it takes about 80 us to make, or
// the same number of values four times that where they are augmented.
constexpr int64_t kWorthAThread = int64_t{1} << 18, kAugmented = 4;

}  // namespace

Batches::Batches(const Dataset& dataset, BatchOptions options, std::vector<int64_t> order, Random random)
    : dataset_(&dataset), options_(std::move(options)), order_(std::move(order)), random_(random) {
  DL_CHECK(options_.batch_size >= 1) << "Batches: batch_size is " << options_.batch_size;
  const absl::Status status = CheckAugmentation(options_.augmentation, dataset.example_shape);
  DL_CHECK(status.ok()) << "Batches: " << std::string(status.message());
}

Batches Batches::InOrder(const Dataset& dataset, BatchOptions options) {
  DL_CHECK(options.augmentation == AugmentationOptions()) << "Batches::InOrder: augmentation is for shuffled batches";
  std::vector<int64_t> order(dataset.size());
  std::iota(order.begin(), order.end(), 0);
  return Batches(dataset, std::move(options), std::move(order), Random(0));
}

Batches Batches::Shuffled(const Dataset& dataset, BatchOptions options, Random random) {
  std::vector<int64_t> order = random.Permutation(dataset.size());
  return Batches(dataset, std::move(options), std::move(order), random);
}

int64_t Batches::size() const {
  const int64_t examples = static_cast<int64_t>(order_.size());
  return (examples + (options_.drop_last ? 0 : options_.batch_size - 1)) / options_.batch_size;
}

Batch Batches::operator[](int64_t i) const {
  DL_CHECK(i >= 0 && i < size()) << "Batches: batch " << i << " of " << size();
  const int64_t begin = i * options_.batch_size;
  const int64_t count = std::min<int64_t>(options_.batch_size, static_cast<int64_t>(order_.size()) - begin);
  const absl::Span<const int64_t> indices = absl::MakeConstSpan(order_).subspan(begin, count);
  if (options_.augmentation == AugmentationOptions()) return MakeBatch(*dataset_, indices, options_.normalization);
  return MakeAugmentedBatch(*dataset_, indices, options_.normalization, options_.augmentation, options_.epoch,
                            random_.Split(i));
}

Batches Batches::From(int64_t i) const {
  DL_CHECK(i >= 0 && i <= size()) << "Batches::From: batch " << i << " of " << size();
  Batches rest = *this;
  rest.first_ = i;
  return rest;
}

Batches::Iterator::Iterator(const Batches* batches, int64_t i) : batches_(batches), i_(i) {
  if (i_ < batches_->size()) Load();
}

Batches::Iterator& Batches::Iterator::operator++() {
  batch_ = Batch();  // gives its memory to the next one
  if (++i_ < batches_->size()) Load();
  return *this;
}

void Batches::Iterator::Load() {
  batch_ = next_.valid() ? next_.get() : (*batches_)[i_];
  const int64_t values = batches_->options_.batch_size * NumElements(batches_->dataset_->example_shape);
  const bool augmented = batches_->options_.augmentation != AugmentationOptions();
  if (values * (augmented ? kAugmented : 1) < kWorthAThread || i_ + 1 == batches_->size()) return;
  next_ = std::async(std::launch::async, [batches = batches_, next = i_ + 1] { return (*batches)[next]; });
}

}  // namespace dl
