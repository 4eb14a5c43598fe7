#include "modules/transfer/domain_discriminator.h"

#include "modules/backprop/losses.h"
#include "modules/backprop/mlp.h"
#include "modules/backprop/ops.h"
#include "modules/base/check.h"
#include "modules/transfer/gradient_reversal.h"

namespace dl {

Sequential DomainDiscriminator(int64_t inputs, Random& random, const DomainDiscriminatorOptions& options) {
  std::vector<int64_t> widths = {inputs};
  widths.insert(widths.end(), options.hidden.begin(), options.hidden.end());
  widths.push_back(1);
  return Mlp(widths, Elementwise::kReLU, random);
}

Variable DomainLoss(Layer& discriminator, const Variable& source, const Variable& target, double lambda,
                    const Pass& pass) {
  const auto loss = [&](const Variable& features, double label) {
    DL_CHECK(features.shape().size() == 2 && features.shape()[0] >= 1)
        << "DomainLoss: features are " << ToString(features.shape()) << "; they must be [N, D], N at least 1";
    const Variable logits = discriminator.Forward(ReverseGradient(features, lambda), pass);
    return BinaryCrossEntropyWithLogits(logits, Tensor::Full(logits.shape(), label, logits.value().dtype()));
  };
  return (loss(source, 1) + loss(target, 0)) * Variable(Tensor::Scalar(0.5, source.value().dtype()));
}

}  // namespace dl
