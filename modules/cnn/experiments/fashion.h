// How well do small networks tell clothes apart, and which pieces do they confuse?
#ifndef MODULES_CNN_EXPERIMENTS_FASHION_H_
#define MODULES_CNN_EXPERIMENTS_FASHION_H_

#include <string>
#include <vector>

#include "modules/cnn/experiments/contest.h"

namespace dl {

// d2l.ai's LeNet with its settings, the same with today's parts, two convolutions with batch normalisation, and a
// residual network of eight layers, on Fashion-MNIST.
class Fashion : public Contest {
 public:
  Fashion() : Contest({.dataset = "fashion-mnist"}) {}

  std::string name() const override { return "fashion"; }
  std::string question() const override {
    return "How well do small networks tell clothes apart, and which pieces do they confuse?";
  }
  void UseDemoSize() override {
    set_size({.dataset = "glyphs", .train_size = 800, .test_size = 300, .epochs = 2, .batch_size = 32, .seeds = {1}});
  }

 protected:
  std::vector<Contestant> Contestants() const override;
};

}  // namespace dl

#endif  // MODULES_CNN_EXPERIMENTS_FASHION_H_
