// bazel run //modules/cnn: image classification, from pixels to the confusion matrix.
#include "modules/cnn/commands/evaluate.h"
#include "modules/cnn/commands/summarize.h"
#include "modules/cnn/commands/train.h"
#include "modules/cnn/experiments/augmentation.h"
#include "modules/cnn/experiments/batch_norm.h"
#include "modules/cnn/experiments/cifar10.h"
#include "modules/cnn/experiments/depth.h"
#include "modules/cnn/experiments/dropout.h"
#include "modules/cnn/experiments/fashion.h"
#include "modules/cnn/experiments/filters.h"
#include "modules/cnn/experiments/ladder.h"
#include "modules/cnn/experiments/naive_to_fast.h"
#include "modules/cnn/experiments/parameter_sharing.h"
#include "modules/cnn/experiments/pooling.h"
#include "modules/cnn/experiments/receptive_field.h"
#include "modules/cnn/experiments/saliency.h"
#include "modules/cnn/experiments/translation.h"
#include "modules/cnn/experiments/weight_decay.h"
#include "modules/training/module_main.h"

int main(int argc, char** argv) {
  using namespace dl;
  return ModuleMain(
      argc, argv,
      {.name = "cnn",
       .about = "Image classification, from pixels to the confusion matrix: convolutional networks.",
       // In the order of the chapter, which is that of the tour.
       .experiments = MakeExperiments<NaiveToFast, Filters, ReceptiveFieldExperiment, Translation, ParameterSharing,
                                      PoolingStudy, BatchNormStudy, DropoutStudy, Augmentation, ConvWeightDecay, Depth,
                                      Ladder, Fashion, Cifar10, Saliency>(),
       .commands = {{"train", "a network on images", Train},
                    {"evaluate", "a trained network's answers", [](const auto& words) { return Evaluate(words); }},
                    {"summary", "a network, layer by layer", Summarize}},
       .next = {"train --model=resnet20 --dataset=shapes --epochs=5", "summary --model=vgg16",
                "train --dataset=folder:PATH"}});
}
