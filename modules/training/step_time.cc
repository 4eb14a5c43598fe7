#include "modules/training/step_time.h"

#include <algorithm>
#include <chrono>
#include <limits>

#include "modules/backprop/initializers.h"
#include "modules/backprop/losses.h"
#include "modules/base/check.h"
#include "modules/optimizers/optimizer.h"
#include "modules/primitives/reorder.h"
#include "modules/training/classifier.h"

namespace dl {

double SecondsPerStep(Layer& model, const Shape& image, const StepTimeOptions& options) {
  DL_CHECK(options.batch_size >= 1 && options.classes >= 1)
      << "SecondsPerStep: batches of " << options.batch_size << ", " << options.classes
      << " classes; both must be 1 or more";
  Random random(1);
  Shape shape = image;
  shape.insert(shape.begin(), options.batch_size);
  Batch batch{Cast(NormalInit(1)(shape, random), options.precision), {}};
  for (int64_t i = 0; i < options.batch_size; ++i) batch.labels.push_back(static_cast<int32_t>(i % options.classes));
  const auto optimizer = Sgd(Variables(model), {.rate = Constant(0), .momentum = 0.9});
  const auto step = [&] {
    using Clock = std::chrono::steady_clock;
    const Clock::time_point start = Clock::now();
    TrainStep(model, *optimizer, CrossEntropy, batch, random);
    return std::chrono::duration<double>(Clock::now() - start).count();
  };
  step();
  double least = std::numeric_limits<double>::infinity(), spent = 0;
  for (int steps = 0; steps < 2 || spent < options.seconds; ++steps) {
    const double seconds = step();
    least = std::min(least, seconds);
    spent += seconds;
  }
  return least;
}

double SecondsPerEpoch(Layer& model, const Shape& image, int64_t examples, const StepTimeOptions& options) {
  return SecondsPerStep(model, image, options) * static_cast<double>(examples / options.batch_size);
}

}  // namespace dl
