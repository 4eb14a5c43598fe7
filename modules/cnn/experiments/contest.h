// Networks that learn the same examples, each in the way that suits it, and are tested on the same others.
#ifndef MODULES_CNN_EXPERIMENTS_CONTEST_H_
#define MODULES_CNN_EXPERIMENTS_CONTEST_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "datasets/dataset.h"
#include "modules/backprop/layer.h"
#include "modules/cnn/commands/train_settings.h"
#include "modules/training/experiment.h"

namespace dl {

struct Contestant {
  std::string name;        // in tables
  TrainSettings settings;  // but for data set and seed
  // The network for images of that shape, where it is not settings.model.
  std::function<Sequential(const Shape& image, int64_t classes, Random& random)> make = {};
  std::string published = "", published_as = "";  // a test accuracy, and of what: setting and source; or nothing
};

struct ContestOptions {
  std::vector<uint64_t> seeds;
  // Whether the published numbers are about this data; else their columns stay empty.
  bool as_published = true;
};

// metrics: one row a network, seed and epoch. summary: one row a network; where a run diverged, the others count, and n
// says how many. files: evaluation.csv, a row a network with all of TabulateEvaluation's summary, the best first;
// mcnemar.csv, a row a pair of networks; and EvaluationFiles of the best. These are of the first seed of all.
//
// Errors: TrainClassifier's; Aborted only where nothing but divergence was seen.
absl::StatusOr<ExperimentResult> HoldContest(const std::vector<Contestant>& contestants, const TrainTest& data,
                                             const ContestOptions& options, Progress& progress);

// An experiment that is a contest. Those that are one say who competes.
class Contest : public Experiment {
 public:
  void AddFlags(FlagSet& flags) override;
  void set_data_dir(const std::string& folder) override { data_dir_ = folder; }
  absl::StatusOr<ExperimentResult> Run(Progress& progress) override;

 protected:
  // Of a full run. `dataset` is the one that the published numbers are about.
  struct Size {
    std::string dataset;
    int64_t train_size = 0, test_size = 0;  // examples; 0 for the data set's own number
    int64_t epochs = 0, batch_size = 0;     // 0: each network's own
    std::vector<uint64_t> seeds = {1, 2, 3};
    std::vector<std::string> networks = {};  // empty: all
  };
  explicit Contest(Size size) : published_on_(size.dataset), size_(std::move(size)) {}

  virtual std::vector<Contestant> Contestants() const = 0;

  // For demonstrations.
  void set_size(Size size) { size_ = std::move(size); }

 private:
  absl::Status CheckFlags() const;

  std::string published_on_;
  Size size_;
  std::string precision_ = "f32";
  std::string data_dir_;
};

}  // namespace dl

#endif  // MODULES_CNN_EXPERIMENTS_CONTEST_H_
