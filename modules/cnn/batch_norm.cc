#include "modules/cnn/batch_norm.h"

#include <algorithm>

#include "modules/primitives/binary.h"
#include "modules/primitives/reorder.h"

namespace dl {
namespace {

// running ← (1 - momentum) running + momentum · correction · batch
void MoveTowards(const Tensor& batch, double momentum, double correction, Variable& running) {
  Tensor moved = Scale(running.value(), 1 - momentum);
  AddTo(moved, Scale(Cast(batch, moved.dtype()), momentum * correction));
  running.mutable_value() = std::move(moved);
}

bool Holds(When when, const Pass& pass) {
  return when == When::kAlways || (when == When::kInTraining && pass.training);
}

}  // namespace

BatchNorm2d::BatchNorm2d(int64_t channels, const BatchNorm2dOptions& options)
    : options_{options.epsilon, options.relu},
      momentum_(options.momentum),
      scale_(Tensor::Full({channels}, 1)),
      shift_(Tensor::Zeros({channels})),
      mean_(Tensor::Zeros({channels})),
      variance_(Tensor::Full({channels}, 1)) {}

// [forward]
Variable BatchNorm2d::Forward(const Variable& x, const Pass& pass) {
  const int64_t examples = x.value().size() / scale_.value().size();
  const bool gather = Holds(mode_.gather, pass);
  if (Holds(mode_.batch_statistics, pass)) {
    const BatchNormalized result = BatchNormalization(x, scale_, shift_, options_);
    if (gather) Gather(result.statistics, examples);
    return result.y;
  }
  if (gather) Gather(BatchNormalization(x.value(), scale_.value(), shift_.value(), options_).statistics, examples);
  return BatchNormalizationInference(x, {mean_.value(), variance_.value()}, scale_, shift_, options_);
}
// [/forward]

Variable BatchNorm2d::ForwardAddReLU(const Variable& x, const Variable& around, const Pass& pass) {
  if (!Holds(mode_.batch_statistics, pass)) return AddReLU(Forward(x, pass), around);
  const BatchNormalized result = BatchNormalizationAddReLU(x, scale_, shift_, around, options_);
  if (Holds(mode_.gather, pass)) Gather(result.statistics, x.value().size() / scale_.value().size());
  return result.y;
}

// [gather]
void BatchNorm2d::Gather(const BatchStatistics& batch, int64_t examples) {
  const double n = static_cast<double>(examples), momentum = mode_.momentum.value_or(momentum_);
  MoveTowards(batch.mean, momentum, 1, mean_);
  MoveTowards(batch.variance, momentum, n / std::max(n - 1, 1.0), variance_);
}
// [/gather]

}  // namespace dl
