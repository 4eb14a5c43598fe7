#include "modules/optimizers/schedule.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

#include "modules/base/check.h"
#include "modules/base/nearest_name.h"

namespace dl {
namespace {

// From `from` at part 0 to `to` at part 1, level at both ends.
double HalfWave(double from, double to, double part) { return to + (from - to) * (1 + std::cos(M_PI * part)) / 2; }

struct Named {
  const char* name;
  Schedule (*make)(double peak, int64_t steps);
  bool climbs = false;  // by itself, so that a warm-up before it makes no sense
};

int64_t Part(int64_t steps, double part) {
  return std::max<int64_t>(std::llround(static_cast<double>(steps) * part), 1);
}

constexpr Named kSchedules[] = {
    {"constant", [](double peak, int64_t) { return Constant(peak); }},
    {"step", [](double peak, int64_t steps) { return StepDecay(peak, Part(steps, 1.0 / 3)); }},
    {"multi_step",
     [](double peak, int64_t steps) {
       return MultiStepDecay(peak, {Part(steps, 0.5), Part(steps, 0.75), Part(steps, 0.9)}, 0.2);
     }},
    {"exponential",  // to a hundredth
     [](double peak, int64_t steps) {
       return ExponentialDecay(peak, std::pow(0.01, 1.0 / static_cast<double>(steps)));
     }},
    {"linear", [](double peak, int64_t steps) { return PolynomialDecay(peak, steps); }},
    {"polynomial", [](double peak, int64_t steps) { return PolynomialDecay(peak, steps, 2); }},
    {"cosine", [](double peak, int64_t steps) { return CosineDecay(peak, steps); }},
    {"warm_restarts",  // periods of 1, 2 and 4 parts of 7
     [](double peak, int64_t steps) { return WarmRestarts(peak, (steps + 6) / 7, 2); }},
    {"one_cycle", [](double peak, int64_t steps) { return OneCycle(peak, steps); }, true},
};

}  // namespace

Schedule Constant(double rate) {
  return [rate](int64_t) { return rate; };
}

Schedule StepDecay(double rate, int64_t every, double factor) {
  DL_CHECK(every >= 1) << "StepDecay: every " << every << " steps; it must be 1 or more";
  return [=](int64_t step) { return rate * std::pow(factor, static_cast<double>(step / every)); };
}

Schedule MultiStepDecay(double rate, std::vector<int64_t> milestones, double factor) {
  DL_CHECK(std::is_sorted(milestones.begin(), milestones.end())) << "MultiStepDecay: the milestones must ascend";
  return [=](int64_t step) {
    const auto reached = std::upper_bound(milestones.begin(), milestones.end(), step) - milestones.begin();
    return rate * std::pow(factor, static_cast<double>(reached));
  };
}

Schedule ExponentialDecay(double rate, double factor) {
  return [=](int64_t step) { return rate * std::pow(factor, static_cast<double>(step)); };
}

Schedule PiecewiseLinear(std::vector<RateAt> points) {
  const auto not_after = [](const RateAt& a, const RateAt& b) { return a.step >= b.step; };
  DL_CHECK(!points.empty() && std::adjacent_find(points.begin(), points.end(), not_after) == points.end())
      << "PiecewiseLinear: the steps of its points must ascend, and there must be one";
  return [points = std::move(points)](int64_t step) {
    const auto after = std::upper_bound(points.begin(), points.end(), step,
                                        [](int64_t s, const RateAt& point) { return s < point.step; });
    if (after == points.begin()) return after->rate;
    const RateAt& before = *(after - 1);
    if (after == points.end()) return before.rate;
    const double way = static_cast<double>(step - before.step) / static_cast<double>(after->step - before.step);
    return before.rate + way * (after->rate - before.rate);
  };
}

Schedule PolynomialDecay(double rate, int64_t steps, double power, double floor) {
  DL_CHECK(steps >= 1) << "PolynomialDecay: " << steps << " steps; they must be 1 or more";
  return [=](int64_t step) {
    const double left = 1 - static_cast<double>(std::min(step, steps)) / static_cast<double>(steps);
    return floor + (rate - floor) * std::pow(left, power);
  };
}

Schedule CosineDecay(double rate, int64_t steps, double floor) {
  DL_CHECK(steps >= 1) << "CosineDecay: " << steps << " steps; they must be 1 or more";
  return [=](int64_t step) {
    return HalfWave(rate, floor, static_cast<double>(std::min(step, steps)) / static_cast<double>(steps));
  };
}

Schedule WarmRestarts(double rate, int64_t period, int64_t growth, double floor) {
  DL_CHECK(period >= 1 && growth >= 1) << "WarmRestarts: a period of " << period << " that grows by " << growth
                                       << "; both must be 1 or more";
  return [=](int64_t step) {
    int64_t length = period;
    if (growth == 1) step %= period;
    while (step >= length) {
      step -= length;
      length *= growth;
    }
    return HalfWave(rate, floor, static_cast<double>(step) / static_cast<double>(length));
  };
}

Schedule OneCycle(double peak, int64_t steps, double warm) {
  DL_CHECK(steps >= 1 && warm > 0 && warm < 1)
      << "OneCycle: " << steps << " steps, " << warm << " of them up; want 1 or more, and a share between 0 and 1";
  const double start = peak / 25, end = steps > 1 ? start / 1e4 : peak;
  const double top = warm * static_cast<double>(steps) - 1, last = static_cast<double>(steps) - 1;
  return [=](int64_t step) {
    const double at = std::min(static_cast<double>(step), last);
    if (at <= top) return HalfWave(start, peak, top > 0 ? at / top : 1);
    return HalfWave(peak, end, (at - top) / (last - top));
  };
}

Schedule LinearWarmup(int64_t steps, Schedule rate) {
  DL_CHECK(steps >= 0) << "LinearWarmup: " << steps << " steps; they must be 0 or more";
  return [steps, rate = std::move(rate)](int64_t step) {
    if (step >= steps) return rate(step - steps);
    return rate(0) * static_cast<double>(step + 1) / static_cast<double>(steps);
  };
}

std::vector<std::string> ScheduleNames() {
  std::vector<std::string> names;
  for (const Named& schedule : kSchedules) names.push_back(schedule.name);
  for (const Named& schedule : kSchedules) {
    if (!schedule.climbs) names.push_back(std::string("warmup_") + schedule.name);
  }
  return names;
}

absl::StatusOr<Schedule> ParseSchedule(const std::string& name, double peak, int64_t steps) {
  const std::string warmup = "warmup_";
  const bool warm = name.rfind(warmup, 0) == 0;
  const std::string plain = warm ? name.substr(warmup.size()) : name;
  const auto* found = std::find_if(std::begin(kSchedules), std::end(kSchedules), [&](const Named& schedule) {
    return schedule.name == plain && !(warm && schedule.climbs);
  });
  if (found == std::end(kSchedules)) return UnknownName("schedule", name, ScheduleNames());
  const int64_t up = warm ? Part(steps, 0.05) : 0;
  return LinearWarmup(up, found->make(peak, std::max<int64_t>(steps - up, 1)));
}

}  // namespace dl
