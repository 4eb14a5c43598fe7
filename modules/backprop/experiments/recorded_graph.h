// What does the engine remember of a forward pass?
//
// Two graphs are recorded, swept backwards and drawn: that of a small perceptron's loss on moons (graph.dot), and that
// of an expression of plain numbers (scalar_graph.dot).
#ifndef MODULES_BACKPROP_EXPERIMENTS_RECORDED_GRAPH_H_
#define MODULES_BACKPROP_EXPERIMENTS_RECORDED_GRAPH_H_

#include <string>
#include <vector>

#include "modules/training/experiment.h"

namespace dl {

class RecordedGraph : public Experiment {
 public:
  std::string name() const override { return "recorded_graph"; }
  std::string question() const override { return "What does the engine remember of a forward pass?"; }
  void AddFlags(FlagSet& flags) override;
  void UseDemoSize() override {}  // milliseconds at full size
  absl::StatusOr<ExperimentResult> Run(Progress& progress) override;

 private:
  std::vector<int64_t> hidden_ = {16};
  std::string activation_ = "relu";
  int64_t batch_size_ = 64;
  std::vector<int64_t> batch_sizes_ = {1, 16, 64, 256, 1024};
  uint64_t seed_ = 1;
};

}  // namespace dl

#endif  // MODULES_BACKPROP_EXPERIMENTS_RECORDED_GRAPH_H_
