// bazel run //modules/backprop: how networks learn.
#include <memory>

#include "modules/backprop/experiments/batchnorm_backward.h"
#include "modules/backprop/experiments/decision_boundary.h"
#include "modules/backprop/experiments/learning_curves.h"
#include "modules/backprop/experiments/recorded_graph.h"
#include "modules/backprop/experiments/scalar_engine.h"
#include "modules/training/module_main.h"

int main(int argc, char** argv) {
  dl::Module module{.name = "backprop", .about = "How networks learn: backpropagation from scratch."};
  module.experiments.push_back(std::make_unique<dl::ScalarEngine>());
  module.experiments.push_back(std::make_unique<dl::LearningCurves>());
  module.experiments.push_back(std::make_unique<dl::RecordedGraph>());
  module.experiments.push_back(std::make_unique<dl::DecisionBoundary>());
  module.experiments.push_back(std::make_unique<dl::BatchNormBackward>());
  return dl::ModuleMain(argc, argv, std::move(module));
}
