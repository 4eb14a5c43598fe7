// bazel run //modules/backprop: how networks learn.
#include "modules/backprop/experiments/activations.h"
#include "modules/backprop/experiments/batchnorm_backward.h"
#include "modules/backprop/experiments/decision_boundary.h"
#include "modules/backprop/experiments/gradcheck.h"
#include "modules/backprop/experiments/gradient_error.h"
#include "modules/backprop/experiments/initialisation.h"
#include "modules/backprop/experiments/learning_curves.h"
#include "modules/backprop/experiments/losses.h"
#include "modules/backprop/experiments/mnist.h"
#include "modules/backprop/experiments/nielsen_norms.h"
#include "modules/backprop/experiments/recorded_graph.h"
#include "modules/backprop/experiments/sanity.h"
#include "modules/backprop/experiments/scalar_engine.h"
#include "modules/backprop/experiments/three_starts.h"
#include "modules/backprop/experiments/vanishing.h"
#include "modules/training/module_main.h"

int main(int argc, char** argv) {
  using namespace dl;
  return ModuleMain(
      argc, argv,
      {.name = "backprop",
       .about = "How networks learn: backpropagation from scratch.",
       .experiments = MakeExperiments<RecordedGraph, ScalarEngine, GradientError, GradCheck, BatchNormBackward,
                                      Activations, Losses, Sanity, LearningCurves, DecisionBoundary, Vanishing,
                                      NielsenNorms, Initialisation, ThreeStarts, Mnist>(),
       .next = {"run vanishing --depths=2,8,32 --activations=tanh", "gradcheck --ops=softmax,lenet5",
                "run learning_curves --hidden=64,64,64,64,64 --activation=sigmoid"}});
}
