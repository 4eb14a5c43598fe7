#include "modules/training/fast_cifar_recipe.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "modules/backprop/losses.h"
#include "modules/base/check.h"
#include "modules/cnn/fast_cifar.h"
#include "modules/optimizers/lookahead.h"

namespace dl {
namespace {

using Options = FastCifarRecipeOptions;

// The running means and variances of the normalisations.
std::vector<Variable> RunningStatistics(const Layer& net) {
  std::vector<Variable> statistics;
  for (const Parameter& buffer : net.Buffers()) {
    if (buffer.name.find("running_") != std::string::npos) statistics.push_back(buffer.variable);
  }
  return statistics;
}

// In a short run the start is the same part of the whole as in the paper's.
int64_t EpochsOfStart(const Options& o) {
  constexpr double kPaper = 9.9;
  const auto part = static_cast<int64_t>(std::round(static_cast<double>(o.start_epochs) * o.epochs / kPaper));
  return std::min(part, o.start_epochs);
}

// Nesterov's descent for one group. A parameter loses the same share each step whatever the group's rate is.
std::unique_ptr<Optimizer> Group(std::vector<Variable> parameters, const Options& o, double factor, Schedule rate) {
  return Sgd(std::move(parameters),
             {.rate = [factor, rate = std::move(rate)](int64_t step) { return factor * rate(step); },
              .momentum = o.momentum,
              .nesterov = true,
              .weight_decay = o.weight_decay / (o.rate * factor)});
}

std::unique_ptr<Optimizer> Descent(const Layer& net, const Options& o, int64_t steps_per_epoch, int64_t steps) {
  const double examples = 1024 * (1 + 1 / (1 - o.momentum));
  const double peak = o.rate / examples * static_cast<double>(o.batch_size);
  const int64_t top = std::max<int64_t>(static_cast<int64_t>(0.23 * static_cast<double>(steps)), 1);
  const Schedule rate = PiecewiseLinear({{0, 0.2 * peak}, {top, peak}, {std::max(steps, top + 1), 0.07 * peak}});
  const int64_t frozen = EpochsOfStart(o) * steps_per_epoch;
  FastCifarParameters parts = FastCifarParametersOf(net);
  std::vector<std::unique_ptr<Optimizer>> groups;
  groups.push_back(Group(std::move(parts.others), o, 1, rate));
  groups.push_back(Group(std::move(parts.shifts), o, o.shift_factor, rate));
  groups.push_back(Group(std::move(parts.whitening_bias), o, 1,
                         [rate, frozen](int64_t step) { return step < frozen ? rate(step) : 0.0; }));
  return std::make_unique<ParameterGroups>(std::move(groups));
}

}  // namespace

FastCifarRecipe MakeFastCifarRecipe(const Layer& net, const Options& o) {
  DL_CHECK(o.batch_size >= 1 && o.batch_size <= o.train_size && o.epochs > 0)
      << "MakeFastCifarRecipe: " << o.epochs << " epochs with batches of " << o.batch_size << " of " << o.train_size
      << " examples; a batch must fit, and there must be something to do";
  const int64_t steps_per_epoch = o.train_size / o.batch_size;
  const auto steps = static_cast<int64_t>(std::ceil(o.epochs * static_cast<double>(steps_per_epoch)));
  const auto alpha = [steps](int64_t step) {
    return 1 -
           std::pow(0.95, 5) * std::pow(static_cast<double>(std::min(step + 1, steps)) / static_cast<double>(steps), 3);
  };
  LookaheadOptions averaging = {.every = 5,
                                .alpha = alpha,
                                .begin = EpochsOfStart(o) * steps_per_epoch,
                                .return_every = steps_per_epoch,
                                .also = RunningStatistics(net)};
  const auto loss = [smoothing = o.smoothing](const Variable& logits, absl::Span<const int32_t> labels) {
    return SmoothedCrossEntropy(logits, labels, smoothing);
  };
  return {steps_per_epoch,
          steps,
          {.crop = 2, .padding = Padding::kMirror, .flip = Flip::kAlternating},
          loss,
          Lookahead(averaging, Descent(net, o, steps_per_epoch, steps))};
}

}  // namespace dl
