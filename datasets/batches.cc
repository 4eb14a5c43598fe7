#include "datasets/batches.h"

#include <algorithm>
#include <numeric>
#include <type_traits>
#include <utility>

#include "modules/base/check.h"

namespace dl {
namespace {

// y = x · scale + shift for one channel: the byte's scaling and the normalization in one step.
struct Affine {
  float scale, shift;
};

std::vector<Affine> ChannelMaps(const Dataset& dataset, const Normalization& normalization) {
  const float unit = std::holds_alternative<std::vector<uint8_t>>(dataset.values) ? 1.0f / 255 : 1.0f;
  if (normalization.mean.empty()) return {{unit, 0.0f}};
  DL_CHECK(static_cast<int64_t>(normalization.mean.size()) == dataset.example_shape[0] &&
           normalization.deviation.size() == normalization.mean.size())
      << "MakeBatch: the normalization is of " << normalization.mean.size() << " channels, " << dataset.name
      << " has examples of shape " << ToString(dataset.example_shape);
  std::vector<Affine> maps;
  for (size_t c = 0; c < normalization.mean.size(); ++c) {
    const float inverse = 1.0f / normalization.deviation[c];
    maps.push_back({unit * inverse, -normalization.mean[c] * inverse});
  }
  return maps;
}

}  // namespace

Batch MakeBatch(const Dataset& dataset, absl::Span<const int64_t> indices, const Normalization& normalization) {
  const std::vector<Affine> maps = ChannelMaps(dataset, normalization);
  const int64_t inner = NumElements(dataset.example_shape) / static_cast<int64_t>(maps.size());
  Shape shape = dataset.example_shape;
  shape.insert(shape.begin(), static_cast<int64_t>(indices.size()));
  Batch batch;
  batch.inputs = Tensor(std::move(shape));
  batch.labels.reserve(indices.size());
  float* y = batch.inputs.mutable_data();
  for (int64_t index : indices) {
    DL_CHECK(index >= 0 && index < dataset.size())
        << "MakeBatch: example " << index << " of " << dataset.size() << " of " << dataset.name;
    batch.labels.push_back(dataset.labels[index]);
    std::visit(
        [&](const auto& values) {
          const auto* x = values.data() + index * inner * static_cast<int64_t>(maps.size());
          for (const Affine& map : maps) {
            for (int64_t i = 0; i < inner; ++i) *y++ = static_cast<float>(*x++) * map.scale + map.shift;
          }
        },
        dataset.values);
  }
  return batch;
}

Batches::Batches(const Dataset& dataset, BatchOptions options, std::vector<int64_t> order)
    : dataset_(&dataset), options_(std::move(options)), order_(std::move(order)) {
  DL_CHECK(options_.batch_size >= 1) << "Batches: batch_size is " << options_.batch_size;
}

Batches Batches::InOrder(const Dataset& dataset, BatchOptions options) {
  std::vector<int64_t> order(dataset.size());
  std::iota(order.begin(), order.end(), 0);
  return Batches(dataset, std::move(options), std::move(order));
}

Batches Batches::Shuffled(const Dataset& dataset, BatchOptions options, Random random) {
  return Batches(dataset, std::move(options), random.Permutation(dataset.size()));
}

int64_t Batches::size() const {
  const int64_t examples = static_cast<int64_t>(order_.size());
  return (examples + (options_.drop_last ? 0 : options_.batch_size - 1)) / options_.batch_size;
}

Batch Batches::operator[](int64_t i) const {
  DL_CHECK(i >= 0 && i < size()) << "Batches: batch " << i << " of " << size();
  const int64_t begin = i * options_.batch_size;
  const int64_t count = std::min<int64_t>(options_.batch_size, static_cast<int64_t>(order_.size()) - begin);
  return MakeBatch(*dataset_, absl::MakeConstSpan(order_).subspan(begin, count), options_.normalization);
}

}  // namespace dl
