#include "modules/transfer/prediction_entropy.h"

#include "modules/backprop/ops.h"
#include "modules/base/check.h"

namespace dl {

Variable PredictionEntropy(const Variable& logits) {
  DL_CHECK(logits.shape().size() == 2 && logits.shape()[0] >= 1)
      << "PredictionEntropy: logits are " << ToString(logits.shape()) << "; they must be [N, K], N at least 1";
  const Variable factor = Tensor::Scalar(-1 / static_cast<double>(logits.shape()[0]), logits.value().dtype());
  return factor * Sum(Softmax(logits) * LogSoftmax(logits));
}

}  // namespace dl
