// bazel run //modules/backprop: how networks learn.
#include <memory>

#include "modules/backprop/experiments/initialisation.h"
#include "modules/backprop/experiments/learning_curves.h"
#include "modules/backprop/experiments/nielsen_norms.h"
#include "modules/backprop/experiments/three_starts.h"
#include "modules/backprop/experiments/vanishing.h"
#include "modules/training/module_main.h"

int main(int argc, char** argv) {
  dl::Module module{.name = "backprop", .about = "How networks learn: backpropagation from scratch."};
  module.experiments.push_back(std::make_unique<dl::LearningCurves>());
  module.experiments.push_back(std::make_unique<dl::NielsenNorms>());
  module.experiments.push_back(std::make_unique<dl::Vanishing>());
  module.experiments.push_back(std::make_unique<dl::Initialisation>());
  module.experiments.push_back(std::make_unique<dl::ThreeStarts>());
  return dl::ModuleMain(argc, argv, std::move(module));
}
