// Two forms of weight decay: through the gradient (L2 regularisation), and apart from it.
#ifndef MODULES_OPTIMIZERS_EXPERIMENTS_DECAY_FORMS_H_
#define MODULES_OPTIMIZERS_EXPERIMENTS_DECAY_FORMS_H_

#include <memory>
#include <string>
#include <vector>

#include "modules/optimizers/optimizer.h"

namespace dl {

enum class DecayForm { kL2, kDecoupled };

inline constexpr DecayForm kDecayForms[] = {DecayForm::kL2, DecayForm::kDecoupled};

const char* ToString(DecayForm form);  // "l2" or "decoupled"

// The optimizers that are here in both forms: "sgd", "momentum" (0.9), "adam".
std::vector<std::string> DecayingOptimizers();

// `optimizer`, one of these, at a constant rate. kL2 adds decay · p to the gradient of p before all else. kDecoupled
// takes the share `decay` off p in each step, whatever the rate, as Loshchilov & Hutter (2019) define it; what
// PyTorch's AdamW calls weight_decay is decay / rate.
std::unique_ptr<Optimizer> MakeDecaying(const std::string& optimizer, DecayForm form, std::vector<Variable> parameters,
                                        double rate, double decay);

}  // namespace dl

#endif  // MODULES_OPTIMIZERS_EXPERIMENTS_DECAY_FORMS_H_
