#include "modules/transfer/logits.h"

#include <algorithm>
#include <vector>

#include "modules/base/check.h"
#include "modules/primitives/concat.h"
#include "modules/primitives/reorder.h"
#include "modules/training/interrupt.h"

namespace dl {
namespace {

constexpr int64_t kNumbersAtOnce = 8 * 3 * 224 * 224;  // of inputs: VGG-16 then keeps a gigabyte of activations

}  // namespace

absl::StatusOr<Tensor> LogitsOf(Layer& model, const Tensor& inputs) {
  DL_CHECK(inputs.rank() == 4 && inputs.size() > 0)
      << "LogitsOf: inputs are " << ToString(inputs.shape()) << "; they must be [N, C, H, W], and some";
  const int64_t n = inputs.dim(0), batch = std::clamp<int64_t>(kNumbersAtOnce / (inputs.size() / n), 1, n);
  std::vector<int64_t> sizes(n / batch, batch);
  if (n % batch > 0) sizes.push_back(n % batch);
  std::vector<Tensor> answers;
  for (const Tensor& part : Split(inputs, sizes, 0)) {
    if (absl::Status status = CheckInterrupt(); !status.ok()) return status;
    answers.push_back(Cast(ToPlain(model.Forward(part, {}).value()), DType::kF32));
  }
  return Concat(answers, 0);
}

}  // namespace dl
