#include "modules/backprop/losses.h"

#include <utility>

#include "modules/backprop/ops.h"
#include "modules/base/check.h"
#include "modules/primitives/binary.h"
#include "modules/primitives/loss.h"
#include "modules/primitives/reorder.h"

namespace dl {
namespace {

// The loss knows its gradient already: the chain rule only scales it.
Variable RecordLoss(const char* op, Loss loss, const Variable& prediction) {
  return Record(op, Tensor::Scalar(loss.value, prediction.value().dtype()),
                {{prediction, [g = std::move(loss.gradient)](const Tensor&, const Tensor& dy) {
                    return dy.item() == 1 ? g : Scale(g, dy.item());
                  }}});
}

// [N, K]: 1 at the label of each row, 0 elsewhere.
Tensor OneHot(const Shape& shape, absl::Span<const int32_t> labels) {
  DL_CHECK(shape.size() == 2 && shape[0] == static_cast<int64_t>(labels.size()))
      << "OneHot: logits are " << ToString(shape) << ", there are " << labels.size() << " labels";
  Tensor target = Tensor::Zeros(shape);
  float* rows = target.mutable_data();
  for (size_t i = 0; i < labels.size(); ++i) {
    DL_CHECK(labels[i] >= 0 && labels[i] < shape[1])
        << "OneHot: label " << labels[i] << " of row " << i << " is not in {0, ..., " << shape[1] - 1 << "}";
    rows[i * shape[1] + labels[i]] = 1.0f;
  }
  return target;
}

Variable Times(const Variable& x, double factor) { return x * Variable(Tensor::Scalar(factor, x.value().dtype())); }

}  // namespace

Variable MeanSquaredError(const Variable& y, const Tensor& target) {
  return RecordLoss("mean_squared_error", MeanSquaredError(y.value(), target), y);
}

Variable CrossEntropy(const Variable& logits, absl::Span<const int32_t> labels) {
  return SmoothedCrossEntropy(logits, labels, 0);
}

Variable SmoothedCrossEntropy(const Variable& logits, absl::Span<const int32_t> labels, float smoothing) {
  return RecordLoss("cross_entropy", CrossEntropy(logits.value(), labels, smoothing), logits);
}

Variable BinaryCrossEntropyWithLogits(const Variable& logits, const Tensor& target) {
  return RecordLoss("binary_cross_entropy", BinaryCrossEntropyWithLogits(logits.value(), target), logits);
}

Variable HingeLoss(const Variable& scores, const Tensor& target) {
  return RecordLoss("hinge_loss", HingeLoss(scores.value(), target), scores);
}

Variable HuberLoss(const Variable& y, const Tensor& target, float delta) {
  return RecordLoss("huber_loss", HuberLoss(y.value(), target, delta), y);
}

Variable SigmoidCrossEntropy(const Variable& logits, absl::Span<const int32_t> labels) {
  const Tensor target = Cast(OneHot(logits.shape(), labels), logits.value().dtype());
  return Times(BinaryCrossEntropyWithLogits(logits, target), static_cast<double>(target.dim(1)));
}

Variable SigmoidSquaredError(const Variable& logits, absl::Span<const int32_t> labels) {
  const Tensor target = Cast(OneHot(logits.shape(), labels), logits.value().dtype());
  const Variable outputs = Apply(Elementwise::kSigmoid, logits);
  return Times(MeanSquaredError(outputs, target), 0.5 * static_cast<double>(target.dim(1)));
}

Variable L2Penalty(absl::Span<const Variable> weights, float lambda) {
  Variable sum = Tensor::Scalar(0, weights.empty() ? DType::kF32 : weights[0].value().dtype());
  for (const Variable& w : weights) sum = sum + Sum(Apply(Elementwise::kSquare, w));
  return Times(sum, 0.5 * lambda);
}

}  // namespace dl
