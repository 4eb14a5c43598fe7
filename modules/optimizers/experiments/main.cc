// bazel run //modules/optimizers: how learning goes on in time.
#include "modules/optimizers/experiments/batch_size.h"
#include "modules/optimizers/experiments/bias_correction.h"
#include "modules/optimizers/experiments/comparison.h"
#include "modules/optimizers/experiments/convergence_rates.h"
#include "modules/optimizers/experiments/deepobs.h"
#include "modules/optimizers/experiments/loss_surface.h"
#include "modules/optimizers/experiments/lr_range_test.h"
#include "modules/optimizers/experiments/published_traces.h"
#include "modules/optimizers/experiments/rotation.h"
#include "modules/optimizers/experiments/schedules.h"
#include "modules/optimizers/experiments/sensitivity.h"
#include "modules/optimizers/experiments/stability_limit.h"
#include "modules/optimizers/experiments/trajectories.h"
#include "modules/optimizers/experiments/weight_decay.h"
#include "modules/training/module_main.h"

int main(int argc, char** argv) {
  using namespace dl;
  return ModuleMain(argc, argv,
                    {.name = "optimizers",
                     .about = "How learning goes on in time: optimization algorithms.",
                     // In the order of the chapter, which is that of the tour.
                     .experiments = MakeExperiments<StabilityLimit, ConvergenceRates, PublishedTraces, Trajectories,
                                                    Rotation, BiasCorrection, BatchSize, LrRangeTest, Schedules,
                                                    Sensitivity, WeightDecay, Comparison, DeepObs, LossSurface>(),
                     .next = {"run trajectories --function=rosenbrock --optimizers=adam,muon --lr=0.01 --steps=500",
                              "run rotation --optimizers=momentum,adam,adam:beta2=0.9",
                              "run sensitivity --optimizers=sgd,adam,lion"}});
}
