// How the fast CIFAR network is trained: the pieces that a training loop is to be given (airbench94, Jordan 2024).
#ifndef MODULES_TRAINING_FAST_CIFAR_RECIPE_H_
#define MODULES_TRAINING_FAST_CIFAR_RECIPE_H_

#include <cstdint>
#include <memory>

#include "datasets/augmentation.h"
#include "modules/backprop/layer.h"
#include "modules/optimizers/optimizer.h"
#include "modules/training/classifier.h"

namespace dl {

struct FastCifarRecipeOptions {
  double epochs = 9.9;
  int64_t batch_size = 1024;
  int64_t train_size = 50'000;   // examples
  double rate = 11.5;            // over 1024 examples and the 1 + 1 / (1 - momentum) times that a gradient counts
  double momentum = 0.85;        // Nesterov's
  double shift_factor = 64;      // by so much the shifts of the normalisations learn faster
  double weight_decay = 0.0153;  // what a parameter loses over as many examples
  float smoothing = 0.2f;        // of the labels
  // In which the whitening's bias is learned, and after which the weights follow a running mean; fewer in runs of less
  // than 9.9 epochs.
  int64_t start_epochs = 3;
};

struct FastCifarRecipe {
  int64_t steps_per_epoch, steps;    // only full batches; the last epoch may break off
  AugmentationOptions augmentation;  // alternating flips, moves by two pixels into mirrored borders
  ClassifierLoss loss;               // cross-entropy with smoothed labels
  std::unique_ptr<Optimizer> optimizer;
};

// Of `net`, which FastCifar made. The rate climbs a line from a fifth to its peak in 23 % of the steps, and falls along
// another to 0.07 of it. Every fifth step from `start_epochs` on, mean ← ρ mean + (1 - ρ) parameters with ρ = 0.95⁵
// (step / steps)³, running statistics included, and the parameters go on from there; after each epoch they
// go back to the mean. The paper sums the loss over the
// batch; the mean at `batch_size` times its rate is the same. Test it through MultiCrop. batch_size <= train_size.
FastCifarRecipe MakeFastCifarRecipe(const Layer& net, const FastCifarRecipeOptions& options = {});

}  // namespace dl

#endif  // MODULES_TRAINING_FAST_CIFAR_RECIPE_H_
