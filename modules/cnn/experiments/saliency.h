// Where does a network look, and does a map that says so depend on what the network learned?
#ifndef MODULES_CNN_EXPERIMENTS_SALIENCY_H_
#define MODULES_CNN_EXPERIMENTS_SALIENCY_H_

#include <string>
#include <vector>

#include "datasets/dataset.h"
#include "modules/backprop/layer.h"
#include "modules/training/experiment.h"

namespace dl {

struct SaliencyFindings;

// Small networks learn shapes, whose outlines are known; four kinds of maps (cnn/saliency.h) say why they take pictures
// for what they take them for. Each is judged three ways: whether it changes when the network's stages are randomised
// one by one, from the last to the first (Adebayo et al. 2018: a map that does not has not looked at the network); how
// soon the class's probability falls when pixels go in the map's order (Petsiuk et al. 2018); and how much of it lies
// in the shape.
//
// Beside the four stands "edges", the slopes of the picture, which knows no network. metrics: one row a seed, map and
// stage; summary: one row a map, with `area` as the share that a map without any contrast has inside, deletion_random
// for pixels in random order, like_edges the rank correlation with "edges", and those with the map of the trained
// network once the last stage is random and once all are. cascade.csv: of each number of random stages; deletion.csv:
// the mean curves. Sheets of pictures, of the first seed: maps.csv, randomized.csv, class_images.csv.
class Saliency : public Experiment {
 public:
  std::string name() const override { return "saliency"; }
  std::string question() const override {
    return "Where does a network look, and does a map that says so depend on what it learned?";
  }
  void AddFlags(FlagSet& flags) override;
  void UseDemoSize() override;
  absl::StatusOr<ExperimentResult> Run(Progress& progress) override;

 private:
  struct Looked;

  absl::Status CheckFlags() const;
  absl::Status Train(Sequential& model, const TrainTest& data, uint64_t seed, Progress& progress) const;
  std::vector<Tensor> MapsOf(Sequential& model, const Looked& looked, uint64_t seed, int64_t i) const;
  absl::Status Judge(Sequential& model, const Looked& looked, const std::vector<std::vector<Tensor>>& maps,
                     uint64_t seed, SaliencyFindings& findings) const;
  absl::Status Randomize(Sequential& model, const Sequential& fresh, const Looked& looked,
                         const std::vector<std::vector<Tensor>>& maps, uint64_t seed, SaliencyFindings& findings,
                         Progress& progress) const;

  int64_t train_size_ = 4000, test_size_ = 300, epochs_ = 6, batch_size_ = 32;
  int64_t pictures_ = 30, copies_ = 20, ascent_steps_ = 200;
  std::vector<int64_t> widths_ = {16, 32, 64};
  double learning_rate_ = 2e-3;
  std::vector<uint64_t> seeds_ = {1, 2, 3};
};

}  // namespace dl

#endif  // MODULES_CNN_EXPERIMENTS_SALIENCY_H_
