// bazel run //modules/transfer: networks that others trained, checked and put to use.
#include "modules/training/module_main.h"
#include "modules/transfer/commands/predict.h"
#include "modules/transfer/experiments/pretrained_parity.h"

int main(int argc, char** argv) {
  using namespace dl;
  return ModuleMain(argc, argv,
                    {.name = "transfer",
                     .about = "Memory across runs: networks that others trained, checked and put to use.",
                     // In the order of the chapter, which is that of the tour.
                     .experiments = MakeExperiments<PretrainedParity>(),
                     .commands = {{"predict", "a trained network's answers", PredictCommand}},
                     .next = {"predict --weights=FILE.safetensors --images=FOLDER"}});
}
