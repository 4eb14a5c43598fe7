// A learning rate that falls when the loss no longer does: the one schedule that looks at more than the step.
#ifndef MODULES_OPTIMIZERS_PLATEAU_H_
#define MODULES_OPTIMIZERS_PLATEAU_H_

#include <cstdint>
#include <limits>

#include "modules/optimizers/schedule.h"

namespace dl {

struct PlateauOptions {
  double rate = 1e-3;       // at first
  double factor = 0.1;      // the rate is multiplied by it, in (0, 1)
  int64_t patience = 10;    // as many looks without improvement are borne, the next one lowers the rate
  double threshold = 1e-4;  // an improvement is at least this part of the lowest loss so far
  int64_t cooldown = 0;     // looks after a fall that do not count as bad ones
  double floor = 0;         // the rate never falls below it
};

// What PyTorch calls ReduceLROnPlateau, in its default mode (min, relative threshold).
class ReduceOnPlateau {
 public:
  explicit ReduceOnPlateau(const PlateauOptions& options);

  // Once an epoch, with the loss that is to fall.
  void Observe(double loss);

  double rate() const { return rate_; }

  // The present rate, whatever the step. This object must outlive its users and stay where it is.
  Schedule schedule() const {
    return [this](int64_t) { return rate_; };
  }

 private:
  PlateauOptions options_;
  double rate_, lowest_ = std::numeric_limits<double>::infinity();
  int64_t bad_ = 0, cooling_ = 0;
};

}  // namespace dl

#endif  // MODULES_OPTIMIZERS_PLATEAU_H_
