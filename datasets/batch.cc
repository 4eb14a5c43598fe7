#include "datasets/batch.h"

#include <utility>

#include "datasets/mixup.h"
#include "modules/base/check.h"

namespace dl {
namespace {

// y = x · scale + shift for one channel: the byte's scaling and the normalization in one step.
struct Affine {
  float scale, shift;
};

std::vector<Affine> ChannelMaps(const Dataset& dataset, float unit, const Normalization& normalization) {
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

// Brings one example of `size` values x to y, which may be x.
template <typename T>
void Apply(const std::vector<Affine>& maps, int64_t size, const T* x, float* y) {
  const int64_t inner = size / static_cast<int64_t>(maps.size());
  for (const Affine& map : maps) {
    for (int64_t i = 0; i < inner; ++i) *y++ = static_cast<float>(*x++) * map.scale + map.shift;
  }
}

// From examples as they are stored to inputs, changed or unchanged.
template <typename T>
class Preparation {
 public:
  Preparation(const Dataset& dataset, const Normalization& normalization)
      : shape_(dataset.example_shape),
        size_(NumElements(shape_)),
        to_unit_{{std::is_same_v<T, uint8_t> ? 1.0f / 255 : 1.0f, 0.0f}},
        from_unit_(ChannelMaps(dataset, 1.0f, normalization)),
        whole_(ChannelMaps(dataset, to_unit_[0].scale, normalization)) {}

  void Prepare(const T* x, float* y) const { Apply(whole_, size_, x, y); }

  void Prepare(const T* x, const ImageChange& change, float* y) {
    if (change.moves()) {
      moved_.resize(size_);
      MoveImage(x, shape_, change, moved_.data());
      x = moved_.data();
    }
    if (change.recolors()) {
      Apply(to_unit_, size_, x, y);
      RecolorImage(shape_, change, y);
      Apply(from_unit_, size_, y, y);
    } else {
      Prepare(x, y);
    }
    if (change.cutout > 0) CutOut(shape_, change, y);
  }

 private:
  Shape shape_;
  int64_t size_;
  std::vector<Affine> to_unit_, from_unit_, whole_;  // from what is stored to [0, 1], on to inputs, and both in one
  std::vector<T> moved_;
};

// prepare(preparation, x, index, y) makes the input y of the example `index`, which is stored at x.
template <typename Prepare>
Batch Gather(const Dataset& dataset, absl::Span<const int64_t> indices, const Normalization& normalization,
             Prepare prepare) {
  const int64_t size = NumElements(dataset.example_shape);
  Shape shape = dataset.example_shape;
  shape.insert(shape.begin(), static_cast<int64_t>(indices.size()));
  Batch batch{Tensor(std::move(shape)), {}};
  batch.labels.reserve(indices.size());
  float* y = batch.inputs.mutable_data();
  std::visit(
      [&]<typename T>(const std::vector<T>& values) {
        Preparation<T> preparation(dataset, normalization);
        for (int64_t index : indices) {
          DL_CHECK(index >= 0 && index < dataset.size())
              << "MakeBatch: example " << index << " of " << dataset.size() << " of " << dataset.name;
          batch.labels.push_back(dataset.labels[index]);
          prepare(preparation, values.data() + index * size, index, y);
          y += size;
        }
      },
      dataset.values);
  return batch;
}

void Mix(float alpha, Random* random, Batch* batch) {
  const std::vector<int64_t> partners = random->Permutation(batch->inputs.dim(0));
  batch->mixed_share = MixupShare(alpha, random);
  for (int64_t partner : partners) batch->mixed_labels.push_back(batch->labels[partner]);
  batch->inputs = MixRows(batch->inputs, partners, batch->mixed_share);
}

}  // namespace

Batch MakeBatch(const Dataset& dataset, absl::Span<const int64_t> indices, const Normalization& normalization) {
  return Gather(dataset, indices, normalization,
                [](const auto& preparation, const auto* x, int64_t, float* y) { preparation.Prepare(x, y); });
}

Batch MakeAugmentedBatch(const Dataset& dataset, absl::Span<const int64_t> indices, const Normalization& normalization,
                         const AugmentationOptions& augmentation, int64_t epoch, Random random) {
  const absl::Status status = CheckAugmentation(augmentation, dataset.example_shape);
  DL_CHECK(status.ok()) << "MakeAugmentedBatch: " << std::string(status.message());
  Batch batch = Gather(dataset, indices, normalization, [&](auto& preparation, const auto* x, int64_t index, float* y) {
    preparation.Prepare(x, DrawChange(augmentation, dataset.example_shape, index, epoch, &random), y);
  });
  if (augmentation.mixup > 0) Mix(augmentation.mixup, &random, &batch);
  return batch;
}

}  // namespace dl
