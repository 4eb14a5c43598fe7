// bazel run //modules/backprop: how networks learn.
#include <memory>

#include "modules/backprop/experiments/activations.h"
#include "modules/backprop/experiments/learning_curves.h"
#include "modules/backprop/experiments/losses.h"
#include "modules/backprop/experiments/mnist.h"
#include "modules/backprop/experiments/sanity.h"
#include "modules/training/module_main.h"

int main(int argc, char** argv) {
  dl::Module module{.name = "backprop", .about = "How networks learn: backpropagation from scratch."};
  module.experiments.push_back(std::make_unique<dl::LearningCurves>());
  module.experiments.push_back(std::make_unique<dl::Activations>());
  module.experiments.push_back(std::make_unique<dl::Losses>());
  module.experiments.push_back(std::make_unique<dl::Mnist>());
  module.experiments.push_back(std::make_unique<dl::Sanity>());
  return dl::ModuleMain(argc, argv, std::move(module));
}
