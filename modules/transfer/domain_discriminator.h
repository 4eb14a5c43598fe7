// A domain discriminator: a small network that tells source features from target features, and the loss that it shares
// with the features it reads (DANN, Ganin et al. 2016).
//
//   Sequential discriminator = DomainDiscriminator(512, random);
//   const Variable loss = CrossEntropy(head(source_features), labels) +
//                         DomainLoss(discriminator, source_features, target_features, ramp(step), pass);
#ifndef MODULES_TRANSFER_DOMAIN_DISCRIMINATOR_H_
#define MODULES_TRANSFER_DOMAIN_DISCRIMINATOR_H_

#include <cstdint>
#include <vector>

#include "modules/backprop/layer.h"

namespace dl {

struct DomainDiscriminatorOptions {
  std::vector<int64_t> hidden = {1024, 1024};  // the paper's, on features of large networks
};

// Linear layers with ReLUs between them, from features [N, inputs] to one logit each, [N, 1]: above 0 it says source.
Sequential DomainDiscriminator(int64_t inputs, Random& random, const DomainDiscriminatorOptions& options = {});

// The binary cross-entropy of telling the domains apart, each domain counting half, shape []; log 2 where they cannot
// be told apart. The discriminator gets its gradient, the features get -lambda times theirs. source: [N, D], target:
// [M, D], N and M at least 1.
Variable DomainLoss(Layer& discriminator, const Variable& source, const Variable& target, double lambda,
                    const Pass& pass);

}  // namespace dl

#endif  // MODULES_TRANSFER_DOMAIN_DISCRIMINATOR_H_
