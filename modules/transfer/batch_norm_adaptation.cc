#include "modules/transfer/batch_norm_adaptation.h"

#include <vector>

#include "modules/base/check.h"
#include "modules/cnn/batch_norm_scope.h"

namespace dl {

void ReestimateBatchNorm(Layer& model, const Batches& batches) {
  BatchNormScope scope(model, {});
  double seen = 0;
  for (const Batch& batch : batches) {
    const auto examples = static_cast<double>(batch.inputs.dim(0));
    seen += examples;  // so the first batch replaces what was there
    scope.SetMode({.batch_statistics = When::kAlways, .gather = When::kAlways, .momentum = examples / seen});
    model.Forward(batch.inputs, {});
  }
  DL_CHECK(seen > 0) << "ReestimateBatchNorm: there is no example to take statistics from";
}

Tensor ForwardWithMixedStatistics(Layer& model, const Tensor& x, double source_examples) {
  DL_CHECK(x.rank() >= 1 && x.dim(0) >= 1 && source_examples >= 0)
      << "ForwardWithMixedStatistics: x is " << ToString(x.shape()) << ", source examples are " << source_examples;
  const auto examples = static_cast<double>(x.dim(0));
  const BatchNormScope scope(
      model,
      {.batch_statistics = When::kNever, .gather = When::kAlways, .momentum = examples / (source_examples + examples)});
  std::vector<Parameter> buffers = model.Buffers();
  std::vector<Tensor> before;
  for (const Parameter& buffer : buffers) before.push_back(buffer.variable.value());
  const Variable logits = model.Forward(x, {});
  for (size_t i = 0; i < buffers.size(); ++i) buffers[i].variable.mutable_value() = before[i];
  return logits.value();
}

}  // namespace dl
