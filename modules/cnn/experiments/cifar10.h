// How far do four kinds of convolutional networks come on CIFAR-10 in three passes over it?
#ifndef MODULES_CNN_EXPERIMENTS_CIFAR10_H_
#define MODULES_CNN_EXPERIMENTS_CIFAR10_H_

#include <string>
#include <vector>

#include "modules/cnn/experiments/contest.h"

namespace dl {

// The small network, DeepOBS's 3c3d, ResNet-20 and the fast network, each trained as `train` does it, but for as many
// epochs.
class Cifar10 : public Contest {
 public:
  Cifar10() : Contest({.dataset = "cifar10", .test_size = 5000, .epochs = 3, .seeds = {1}}) {}

  std::string name() const override { return "cifar10"; }
  std::string question() const override {
    return "How far do four kinds of convolutional networks come on CIFAR-10 in three passes over it?";
  }
  void UseDemoSize() override {
    set_size({.dataset = "shapes",
              .train_size = 800,
              .test_size = 300,
              .epochs = 3,
              .batch_size = 32,
              .seeds = {1},
              .networks = {"small-cnn", "3c3d"}});
  }

 protected:
  std::vector<Contestant> Contestants() const override;
};

}  // namespace dl

#endif  // MODULES_CNN_EXPERIMENTS_CIFAR10_H_
