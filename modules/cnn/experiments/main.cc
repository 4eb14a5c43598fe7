// bazel run //modules/cnn: image classification, from pixels to the confusion matrix.
#include "modules/cnn/experiments/augmentation.h"
#include "modules/cnn/experiments/batch_norm.h"
#include "modules/cnn/experiments/depth.h"
#include "modules/cnn/experiments/dropout.h"
#include "modules/cnn/experiments/weight_decay.h"
#include "modules/training/module_main.h"

int main(int argc, char** argv) {
  using namespace dl;
  return ModuleMain(argc, argv,
                    {.name = "cnn",
                     .about = "Image classification, from pixels to the confusion matrix: convolutional networks.",
                     // In the order of the chapter, which is that of the tour.
                     .experiments = MakeExperiments<BatchNormStudy, DropoutStudy, Augmentation, ConvWeightDecay, Depth>(),
                     .next = {}});
}
