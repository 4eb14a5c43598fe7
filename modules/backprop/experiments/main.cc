// bazel run //modules/backprop: how networks learn.
#include <memory>

#include "modules/backprop/experiments/gradcheck.h"
#include "modules/backprop/experiments/gradient_error.h"
#include "modules/backprop/experiments/learning_curves.h"
#include "modules/backprop/experiments/scalar_engine.h"
#include "modules/training/module_main.h"

int main(int argc, char** argv) {
  dl::Module module{.name = "backprop", .about = "How networks learn: backpropagation from scratch."};
  module.experiments.push_back(std::make_unique<dl::ScalarEngine>());
  module.experiments.push_back(std::make_unique<dl::LearningCurves>());
  module.experiments.push_back(std::make_unique<dl::GradCheck>());
  module.experiments.push_back(std::make_unique<dl::GradientError>());
  module.next = {"run vanishing --depths=2,8,32 --activations=tanh", "run learning_curves --help"};
  return dl::ModuleMain(argc, argv, std::move(module));
}
