// What does each idea on the way from one hidden layer to the best network of 2015 bring?
//
// Nielsen's ladder ("Neural Networks and Deep Learning", 2015, chapter 6), one idea a rung: convolution, another one,
// rectifiers, shifted images, another dense layer, dropout. He trains for 40 to 60 epochs in batches of 10, three of
// them on five copies of each image; here it is 4 epochs in batches of 32 of images that are shifted anew each time.
#ifndef MODULES_CNN_EXPERIMENTS_LADDER_H_
#define MODULES_CNN_EXPERIMENTS_LADDER_H_

#include <string>
#include <vector>

#include "modules/cnn/experiments/contest.h"

namespace dl {

class Ladder : public Contest {
 public:
  // His training set, too, is the first 50,000 images.
  Ladder() : Contest({.dataset = "mnist", .train_size = 50'000}) {}

  std::string name() const override { return "ladder"; }
  std::string question() const override {
    return "What does each idea on the way from one hidden layer to the best network of 2015 bring?";
  }
  void UseDemoSize() override {
    set_size({.dataset = "glyphs", .train_size = 2000, .test_size = 500, .epochs = 2, .seeds = {1}});
  }

 protected:
  std::vector<Contestant> Contestants() const override;
};

}  // namespace dl

#endif  // MODULES_CNN_EXPERIMENTS_LADDER_H_
