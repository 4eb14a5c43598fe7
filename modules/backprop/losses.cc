#include "modules/backprop/losses.h"

#include <utility>

#include "modules/primitives/binary.h"
#include "modules/primitives/loss.h"

namespace dl {
namespace {

// The loss knows its gradient already: the chain rule only scales it.
Variable RecordLoss(const char* op, Loss loss, const Variable& prediction) {
  return Record(op, Tensor::Scalar(loss.value, prediction.value().dtype()),
                {{prediction, [g = std::move(loss.gradient)](const Tensor&, const Tensor& dy) {
                    return dy.item() == 1 ? g : Scale(g, dy.item());
                  }}});
}

}  // namespace

Variable MeanSquaredError(const Variable& y, const Tensor& target) {
  return RecordLoss("mean_squared_error", MeanSquaredError(y.value(), target), y);
}

Variable CrossEntropy(const Variable& logits, absl::Span<const int32_t> labels) {
  return RecordLoss("cross_entropy", CrossEntropy(logits.value(), labels), logits);
}

Variable BinaryCrossEntropyWithLogits(const Variable& logits, const Tensor& target) {
  return RecordLoss("binary_cross_entropy", BinaryCrossEntropyWithLogits(logits.value(), target), logits);
}

}  // namespace dl
