// A method at the learning rate that suits it: every method of an ablation gets a search of the same size.
#ifndef MODULES_CNN_EXPERIMENTS_RATE_CHOICE_H_
#define MODULES_CNN_EXPERIMENTS_RATE_CHOICE_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "modules/cnn/experiments/image_task.h"
#include "modules/training/rate_sweep.h"

namespace dl {

struct Method {
  std::string name;  // "batch norm"
  MakeModel model;
  MakeRatedOptimizer optimizer;
  TrainOptions train;  // but for name and seed
};

// One training at the chosen rate.
struct JudgedRun {
  uint64_t seed;
  std::vector<EpochMetrics> epochs;  // with the test set's metrics
  Evaluation train, test;            // in the end, in evaluation mode
};

struct Judgement {
  std::string name;                 // the method's
  bool validated;                   // chosen by the validation set, not by the training loss
  std::vector<RatedRuns> of_rates;  // with the validation set's metrics as test metrics
  std::optional<size_t> chosen;     // among them; none where every rate diverged
  std::vector<JudgedRun> runs;      // at the chosen rate, one a seed

  // What each run says, in the order of the seeds.
  std::vector<double> Of(const std::function<double(const JudgedRun& run)>& number) const;

  // Of each run at this one of the rates, in the last epoch; none where one diverged.
  std::vector<double> ValidationErrors(size_t rate) const;
};

struct RateSearch {
  std::vector<double> rates;
  std::vector<uint64_t> seeds;
  std::function<void(const std::string& part)> on_part = [](const std::string&) {
  };  // told before the runs of each rate
  // Looks at the models of the judged runs after each epoch.
  std::function<void(Sequential& model, uint64_t seed, const EpochMetrics& epoch)> look = {};
};

// Trains at every rate from every seed, chooses the rate of the lowest mean validation error in the last epoch, or of
// the lowest training loss where data.validation is empty, and trains with it once more, now looking at the test set.
// Errors are TrainClassifier's, but for divergence.
absl::StatusOr<Judgement> JudgeAtBestRate(const Method& method, const ImageData& data, const RateSearch& search);

// Why none was chosen: that of the first rate.
absl::Status DivergenceOf(const Judgement& judgement);

}  // namespace dl

#endif  // MODULES_CNN_EXPERIMENTS_RATE_CHOICE_H_
