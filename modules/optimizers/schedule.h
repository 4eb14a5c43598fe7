// Schedules: the learning rate as a function of the step.
//
//   Sgd(parameters, {.rate = LinearWarmup(500, CosineDecay(0.1, 10'000))});
//
// Steps count from 0. Each schedule is what PyTorch's scheduler of that name gives when it is stepped after every
// optimizer step, unless its comment says otherwise. Impossible arguments are mistakes.
#ifndef MODULES_OPTIMIZERS_SCHEDULE_H_
#define MODULES_OPTIMIZERS_SCHEDULE_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace dl {

// A number that depends on the step, which counts from 0.
using Schedule = std::function<double(int64_t step)>;

Schedule Constant(double rate);

// rate · factor^⌊step / every⌋.
Schedule StepDecay(double rate, int64_t every, double factor = 0.1);

// rate · factor^(how many of the milestones the step has reached); milestones ascend.
Schedule MultiStepDecay(double rate, std::vector<int64_t> milestones, double factor = 0.1);

// rate · factor^step.
Schedule ExponentialDecay(double rate, double factor);

struct RateAt {
  int64_t step;
  double rate;
};

// Straight lines through the points, whose steps ascend; before the first and after the last of them, its rate.
Schedule PiecewiseLinear(std::vector<RateAt> points);

// From `rate` down to `floor` in `steps` steps along (1 - step / steps)^power, then `floor`; power 1 is a line.
Schedule PolynomialDecay(double rate, int64_t steps, double power = 1, double floor = 0);

// Half a wave of the cosine from `rate` down to `floor` in `steps` steps, then `floor` (Loshchilov & Hutter 2017).
Schedule CosineDecay(double rate, int64_t steps, double floor = 0);

// CosineDecay over and over; each period is `growth` times as long as the one before (Loshchilov & Hutter 2017).
Schedule WarmRestarts(double rate, int64_t period, int64_t growth = 1, double floor = 0);

// One cycle (Smith & Topin 2019): by half a wave of the cosine from peak / 25 up to `peak` in the first `warm` of the
// steps, and by another down to a 10⁴th of where it began, then that. Of a single step, the peak.
Schedule OneCycle(double peak, int64_t steps, double warm = 0.3);

// `steps` steps up a line: rate(0) / steps at the first of them, and after them `rate`, which counts from 0 there
// (Goyal et al. 2017).
Schedule LinearWarmup(int64_t steps, Schedule rate);

// What ParseSchedule knows: "constant", "step", ...
std::vector<std::string> ScheduleNames();

// The schedule called `name`, over a training of `steps` steps at the peak rate `peak`; "warmup_NAME" climbs to the
// peak in the first twentieth of them. InvalidArgument with the valid names on any other.
absl::StatusOr<Schedule> ParseSchedule(const std::string& name, double peak, int64_t steps);

}  // namespace dl

#endif  // MODULES_OPTIMIZERS_SCHEDULE_H_
