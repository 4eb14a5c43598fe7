// The tables of an ablation: what each setting comes to at its own best rate.
#ifndef MODULES_CNN_EXPERIMENTS_ABLATION_H_
#define MODULES_CNN_EXPERIMENTS_ABLATION_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "modules/cnn/experiments/image_task.h"
#include "modules/cnn/experiments/rate_choice.h"
#include "modules/training/experiment.h"
#include "modules/training/table.h"

namespace dl {

class Ablation {
 public:
  // Further cells of a setting's row in the summary, one for each of the extra columns.
  using ExtraCells = std::function<std::vector<Cell>(const Judgement& judgement)>;

  // `what` are the columns that name a setting, at the left of every table; `extra` those at the right of the summary.
  explicit Ablation(const std::vector<std::string>& what, const std::vector<std::string>& extra = {});

  // Finds the setting's best rate and adds its rows to the tables. Errors are JudgeAtBestRate's.
  absl::Status Add(const std::vector<Cell>& what, const Method& method, const ImageData& data, const RateSearch& search,
                   const ExtraCells& extra = {});

  // OK unless settings were added and every rate of all of them diverged: then what JudgeAtBestRate says of the first.
  absl::Status AllDiverged() const { return lasted_ ? absl::OkStatus() : divergence_; }

  // All of it, the rates as the file rates.csv; or AllDiverged.
  absl::StatusOr<ExperimentResult> Result(const ImageData& data, const std::vector<uint64_t>& seeds) const;

  // One row a setting: its best learning_rate, "none" where all diverged; then, each as mean and standard deviation,
  // train_loss and train_accuracy, both in evaluation mode, test_accuracy, gap, the difference of the two accuracies,
  // paired by seed; n.
  const Table& summary() const { return summary_; }

  // Learning curves at the best rate, one row a seed and epoch: train_loss, train_accuracy, test_loss, test_accuracy.
  const Table& metrics() const { return metrics_; }

  // One row a rate: train_loss and validation_error in the last epoch, empty where a run diverged or nothing was
  // validated; diverged and chosen, "yes" or "no"; n, the runs that lasted.
  const Table& rates() const { return rates_; }

 private:
  void AddRates(const std::vector<Cell>& what, const Judgement& judgement);
  void AddCurves(const std::vector<Cell>& what, const Judgement& judgement);

  Table summary_, metrics_, rates_;
  bool lasted_ = false;
  absl::Status divergence_;
};

}  // namespace dl

#endif  // MODULES_CNN_EXPERIMENTS_ABLATION_H_
