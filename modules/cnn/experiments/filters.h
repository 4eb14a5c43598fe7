// What do convolutions look for, and what do those look for that nobody designed?
#ifndef MODULES_CNN_EXPERIMENTS_FILTERS_H_
#define MODULES_CNN_EXPERIMENTS_FILTERS_H_

#include <string>
#include <vector>

#include "datasets/dataset.h"
#include "modules/backprop/layer.h"
#include "modules/training/experiment.h"

namespace dl {

// Kernels made by hand, on pictures of the data set; then a network of three convolutions that learns the data set.
// metrics: one row a filter of its first layer, before and after training, and of the change, after less before
// (filter_bank.h): much of a filter stays as it was drawn. summary: the means of these over the filters, and the share
// of the bank's sum of squares that eight principal components take. units.csv: by layer, how alike the classes of the
// pictures are that excite a unit most, beside what chance makes of as many pictures; and the share of units that
// fewer pictures excite. Sheets of pictures, of the first seed: kernels.csv, first_layer.csv, feature_maps.csv (one
// picture on its way through the trained network) and exciting.csv (the pictures that excite some units most, each with
// a frame around what the unit sees).
class Filters : public Experiment {
 public:
  std::string name() const override { return "filters"; }
  std::string question() const override {
    return "What do convolutions look for, and what do those look for that nobody designed?";
  }
  void AddFlags(FlagSet& flags) override;
  void UseDemoSize() override;
  void set_data_dir(const std::string& folder) override { data_dir_ = folder; }
  absl::StatusOr<ExperimentResult> Run(Progress& progress) override;

 private:
  struct Findings;

  absl::Status CheckFlags() const;
  Sequential MakeNetwork(const Dataset& data, uint64_t seed) const;
  void ExamineFirstLayer(const Tensor& w, uint64_t seed, int when, Findings& findings) const;
  void ExamineUnits(Sequential& model, const TrainTest& data, uint64_t seed, bool after, Findings& findings) const;
  absl::Status Train(Sequential& model, const TrainTest& data, uint64_t seed, Progress& progress) const;
  Table Summarize(const Findings& findings, const std::string& dataset) const;
  Table SummarizeUnits(const Findings& findings, double chance) const;

  std::string dataset_ = "shapes";
  int64_t train_size_ = 6000, test_size_ = 1000, epochs_ = 8, batch_size_ = 32;
  int64_t filters_ = 16, kernel_ = 7, exciting_ = 9;
  double learning_rate_ = 2e-3, weight_decay_ = 0.05;
  std::vector<uint64_t> seeds_ = {1, 2, 3};
  std::string data_dir_;
};

}  // namespace dl

#endif  // MODULES_CNN_EXPERIMENTS_FILTERS_H_
