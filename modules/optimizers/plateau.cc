#include "modules/optimizers/plateau.h"

#include <algorithm>

#include "modules/base/check.h"

namespace dl {

ReduceOnPlateau::ReduceOnPlateau(const PlateauOptions& options) : options_(options), rate_(options.rate) {
  DL_CHECK(options.factor > 0 && options.factor < 1 && options.patience >= 0 && options.cooldown >= 0)
      << "ReduceOnPlateau: factor " << options.factor << ", patience " << options.patience << ", cooldown "
      << options.cooldown << "; the factor lies between 0 and 1, the others are 0 or more";
}

void ReduceOnPlateau::Observe(double loss) {
  const bool better = loss < lowest_ * (1 - options_.threshold);
  if (better) lowest_ = loss;
  bad_ = better ? 0 : bad_ + 1;
  if (cooling_ > 0) {
    --cooling_;
    bad_ = 0;
  }
  if (bad_ <= options_.patience) return;
  rate_ = std::max(rate_ * options_.factor, options_.floor);
  cooling_ = options_.cooldown;
  bad_ = 0;
}

}  // namespace dl
