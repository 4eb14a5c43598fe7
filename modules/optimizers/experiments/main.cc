// bazel run //modules/optimizers: how learning goes on in time.
#include "modules/optimizers/experiments/comparison.h"
#include "modules/optimizers/experiments/deepobs.h"
#include "modules/optimizers/experiments/loss_surface.h"
#include "modules/training/module_main.h"

int main(int argc, char** argv) {
  using namespace dl;
  return ModuleMain(argc, argv,
                    {.name = "optimizers",
                     .about = "How learning goes on in time: optimization algorithms.",
                     // In the order of the chapter, which is that of the tour.
                     .experiments = MakeExperiments<Comparison, DeepObs, LossSurface>(),
                     .next = {}});
}
