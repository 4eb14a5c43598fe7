#include "modules/backprop/experiments/vanishing.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "datasets/batches.h"
#include "datasets/catalog.h"
#include "modules/backprop/initialized_mlp.h"
#include "modules/backprop/signal_profile.h"
#include "modules/training/flag_checks.h"
#include "modules/training/interrupt.h"
#include "modules/training/statistics.h"

namespace dl {
namespace {

constexpr int64_t kDeepest = 1000;
constexpr double kSteadyDecades = 1;  // either way

struct Setting {
  std::string activation, initializer;
  Elementwise f;
  Initialization initialization;
  int64_t depth;
};

using Profile = std::vector<LayerSignal>;

// The orders of magnitude from the gradient of the last hidden layer to that of another, one a seed.
class Decades {
 public:
  void Add(double gradient, double last) {
    if (!std::isfinite(gradient) || !std::isfinite(last)) {
      ++overflows_;
    } else if (gradient == 0) {
      ++underflows_;
    } else {
      values_.push_back(std::log10(gradient / last));
    }
  }

  int64_t underflows() const { return underflows_; }
  int64_t overflows() const { return overflows_; }
  int64_t n() const { return static_cast<int64_t>(values_.size()); }

  // Of the seeds that f32 could hold; where there are none, what the others come to.
  double mean() const { return values_.empty() ? Median() : Mean(values_); }
  double deviation() const { return values_.empty() ? 0 : StandardDeviation(values_); }

  const char* Verdict() const {
    const double median = Median();
    return median < -kSteadyDecades ? "vanishing" : median > kSteadyDecades ? "exploding" : "steady";
  }

 private:
  // Of all seeds, the upper one of two.
  double Median() const {
    std::vector<double> all = values_;
    all.insert(all.end(), underflows_, -std::numeric_limits<double>::infinity());
    all.insert(all.end(), overflows_, std::numeric_limits<double>::infinity());
    std::sort(all.begin(), all.end());
    return all[all.size() / 2];
  }

  std::vector<double> values_;
  int64_t underflows_ = 0, overflows_ = 0;
};

// The decades of hidden layer l; profiles: one a seed.
Decades DecadesOf(const std::vector<Profile>& profiles, size_t l) {
  Decades decades;
  for (const Profile& profile : profiles) decades.Add(profile[l].gradient, profile.back().gradient);
  return decades;
}

void AddProfileRows(const Setting& setting, const std::vector<Profile>& profiles, Table& table) {
  for (size_t l = 0; l < profiles.front().size(); ++l) {
    const Decades decades = DecadesOf(profiles, l);
    std::vector<double> deviations;
    for (const Profile& profile : profiles) deviations.push_back(profile[l].activation_deviation);
    table.AddRow({setting.activation, setting.initializer, setting.depth, l + 1, decades.mean(), decades.deviation(),
                  decades.n(), decades.underflows(), decades.overflows(), Mean(deviations),
                  StandardDeviation(deviations)});
  }
}

void AddSummaryRow(const Setting& setting, const std::vector<Profile>& profiles, Table& table) {
  const Decades decades = DecadesOf(profiles, 0);
  const double factor = std::pow(10, decades.mean() / static_cast<double>(setting.depth - 1));
  table.AddRow({setting.activation, setting.initializer, setting.depth, decades.mean(), decades.deviation(),
                decades.n(), decades.underflows(), decades.overflows(), factor, decades.Verdict()});
}

absl::StatusOr<std::vector<Setting>> Grid(const std::vector<std::string>& activations,
                                          const std::vector<std::string>& initializers,
                                          const std::vector<int64_t>& depths) {
  std::vector<Setting> grid;
  for (const std::string& activation : activations) {
    const absl::StatusOr<Elementwise> f = ParseElementwise(activation);
    if (!f.ok()) return f.status();
    for (const std::string& initializer : initializers) {
      const absl::StatusOr<Initialization> initialization = ParseInitialization(initializer);
      if (!initialization.ok()) return initialization.status();
      for (int64_t depth : depths) grid.push_back({activation, initializer, *f, *initialization, depth});
    }
  }
  return grid;
}

}  // namespace

void Vanishing::AddFlags(FlagSet& flags) {
  flags.Add("depths", &depths_, "numbers of hidden layers");
  flags.Add("activations", &activations_, "between the layers: relu, tanh, sigmoid, gelu, ...");
  flags.Add("initializers", &initializers_,
            "of the weights: xavier, kaiming, lsuv, ..., or times a factor: normal:0.01");
  flags.Add("width", &width_, "units of each hidden layer");
  flags.Add("dataset", &dataset_, "what the batch is of: glyphs, fashion-mnist, mnist, moons, ...");
  flags.Add("examples", &examples_, "of the batch");
  flags.Add("seeds", &seeds_, "one network each");
}

void Vanishing::UseDemoSize() { seeds_ = {1, 2, 3}; }

absl::Status Vanishing::CheckFlags() const {
  return FirstError({WantsSome("depths", depths_), WantsBetween("depths", depths_, 2, kDeepest),
                     WantsSome("activations", activations_), WantsSome("initializers", initializers_),
                     WantsBetween("width", width_, 1, kWidest), WantsAtLeast("examples", examples_, 1),
                     WantsSeeds(seeds_)});
}

absl::StatusOr<ExperimentResult> Vanishing::Run(Progress& progress) {
  if (absl::Status status = CheckFlags(); !status.ok()) return status;
  const absl::StatusOr<std::vector<Setting>> grid = Grid(activations_, initializers_, depths_);
  if (!grid.ok()) return grid.status();
  const absl::StatusOr<TrainTest> data =
      LoadDataset(dataset_, {.folder = data_dir_, .train_size = examples_, .test_size = 1});
  if (!data.ok()) return data.status();
  const Batch batch =
      Batches::InOrder(data->train, {.batch_size = examples_, .normalization = ChannelNormalization(data->train)})[0];
  Table metrics(
      {"activation", "initializer", "depth", "seed", "layer", "activation_std", "gradient_rms", "weight_gradient_rms"});
  Table profiles({"activation", "initializer", "depth", "layer", "log10_gradient_mean", "log10_gradient_std", "n",
                  "underflows", "overflows", "activation_std_mean", "activation_std_std"});
  Table summary({"activation", "initializer", "depth", "log10_ratio_mean", "log10_ratio_std", "n", "underflows",
                 "overflows", "factor_per_layer", "verdict"});
  for (size_t i = 0; i < grid->size(); ++i) {
    const Setting& setting = (*grid)[i];
    progress.Part(absl::StrCat("depth ", setting.depth, ", ", setting.activation, ", ", setting.initializer), i,
                  grid->size());
    std::vector<int64_t> widths(setting.depth + 2, width_);
    widths.front() = NumElements(data->train.example_shape);
    widths.back() = data->train.num_classes();
    std::vector<Profile> of_seeds;
    for (uint64_t seed : seeds_) {
      if (absl::Status status = CheckInterrupt(); !status.ok()) return status;
      Random random(seed);
      Sequential mlp = InitializedMlp(widths, setting.f, setting.initialization, batch.inputs, random);
      of_seeds.push_back(SignalProfile(mlp, batch.inputs, batch.labels));
      for (size_t l = 0; l < of_seeds.back().size(); ++l) {
        const LayerSignal& signal = of_seeds.back()[l];
        metrics.AddRow({setting.activation, setting.initializer, setting.depth, seed, l + 1,
                        signal.activation_deviation, signal.gradient, signal.weight_gradient});
      }
    }
    AddProfileRows(setting, of_seeds, profiles);
    AddSummaryRow(setting, of_seeds, summary);
  }
  return ExperimentResult{.metrics = std::move(metrics),
                          .summary = std::move(summary),
                          .seeds = seeds_,
                          .datasets = {{dataset_, Fingerprint(data->train)}},
                          .files = {{"profiles.csv", profiles.ToCsv()}}};
}

}  // namespace dl
