// bazel run //modules/optimizers: how learning goes on in time.
#include "modules/optimizers/experiments/batch_size.h"
#include "modules/optimizers/experiments/lr_range_test.h"
#include "modules/training/module_main.h"

int main(int argc, char** argv) {
  using namespace dl;
  return ModuleMain(argc, argv,
                    {.name = "optimizers",
                     .about = "How learning goes on in time: optimization algorithms.",
                     // In the order of the chapter, which is that of the tour.
                     .experiments = MakeExperiments<BatchSize, LrRangeTest>(),
                     .next = {}});
}
