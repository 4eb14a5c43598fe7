// Where do zeros, weights that are too large and weights of the right size end, after the same training?
#ifndef MODULES_BACKPROP_EXPERIMENTS_THREE_STARTS_H_
#define MODULES_BACKPROP_EXPERIMENTS_THREE_STARTS_H_

#include <string>
#include <vector>

#include "modules/training/experiment.h"

namespace dl {

// The assignment "Initialization" of Coursera's "Improving Deep Neural Networks" (course 2, week 1): a 2-10-5-1 network
// of rectifiers with a sigmoid output learns scikit-learn's two circles (radii 1 and 0.8, noise 0.05; 300 points to
// learn from, 100 to test) by 15,000 steps of full-batch gradient descent at a rate of 0.01, from weights of zeros,
// normal ones of deviation 10, and He's. Each seed draws points and weights anew; the published numbers are of one
// draw.
//
// metrics: sixteen rows a run, 1,000 iterations apart. summary: accuracies after the last step, and the loss 1,000
// iterations before it, which is the last that the assignment prints.
class ThreeStarts : public Experiment {
 public:
  std::string name() const override { return "three_starts"; }
  std::string question() const override {
    return "Where do zeros, weights that are too large and weights of the right size end, after the same training?";
  }
  void AddFlags(FlagSet& flags) override;
  void UseDemoSize() override;
  absl::StatusOr<ExperimentResult> Run(Progress& progress) override;

 private:
  double learning_rate_ = 0.01;
  int64_t iterations_ = 15000;
  std::vector<uint64_t> seeds_ = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
};

}  // namespace dl

#endif  // MODULES_BACKPROP_EXPERIMENTS_THREE_STARTS_H_
