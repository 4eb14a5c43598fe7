// bazel run //modules/optimizers: how learning goes on in time.
#include "modules/optimizers/experiments/schedules.h"
#include "modules/optimizers/experiments/sensitivity.h"
#include "modules/optimizers/experiments/weight_decay.h"
#include "modules/training/module_main.h"

int main(int argc, char** argv) {
  using namespace dl;
  return ModuleMain(
      argc, argv,
      {.name = "optimizers",
       .about = "How learning goes on in time: optimization algorithms.",
       // In the order of the chapter, which is that of the tour.
       .experiments = MakeExperiments<Schedules, Sensitivity, WeightDecay>(),
       .next = {"run sensitivity --optimizers=sgd,adam --margin=0.5", "run weight_decay --optimizers=sgd --rates=5"}});
}
