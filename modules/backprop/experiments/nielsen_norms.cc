#include "modules/backprop/experiments/nielsen_norms.h"

#include <cmath>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "datasets/batches.h"
#include "datasets/catalog.h"
#include "modules/backprop/gradients.h"
#include "modules/backprop/losses.h"
#include "modules/backprop/mlp.h"
#include "modules/backprop/ops.h"
#include "modules/primitives/moments.h"
#include "modules/training/flag_checks.h"
#include "modules/training/interrupt.h"
#include "modules/training/statistics.h"

namespace dl {
namespace {

constexpr int64_t kHidden = 30, kMostStarts = 100000;

// The norms at epoch 0 of fig/norms_during_training_{2,3,4}_layers.json in github.com/mnielsen/
// neural-networks-and-deep-learning: a network each, first hidden layer to last.
const std::vector<std::vector<double>>& Published() {
  static const auto& norms =
      *new std::vector<std::vector<double>>{{0.0657, 0.309}, {0.0118, 0.0600, 0.283}, {0.00298, 0.0171, 0.0695, 0.285}};
  return norms;
}

// A row for each label, with a one in its place.
Tensor OneHot(const std::vector<int32_t>& labels, int64_t classes) {
  Tensor rows = Tensor::Zeros({static_cast<int64_t>(labels.size()), classes});
  float* values = rows.mutable_data();
  for (size_t i = 0; i < labels.size(); ++i) values[static_cast<int64_t>(i) * classes + labels[i]] = 1;
  return rows;
}

// One of each hidden layer.
std::vector<double> BiasGradientNorms(const std::vector<int64_t>& widths, const Tensor& inputs, const Tensor& targets,
                                      uint64_t seed) {
  Random random(seed);
  Sequential mlp = Mlp(widths, Elementwise::kSigmoid, random, LecunNormal);
  std::vector<Variable> biases;
  for (Parameter& parameter : mlp.Parameters()) {
    if (!absl::EndsWith(parameter.name, ".bias")) continue;
    parameter.variable.mutable_value() = NormalInit(1)(parameter.variable.shape(), random);
    biases.push_back(parameter.variable);
  }
  biases.pop_back();  // the output layer's
  // The mean over images and outputs, times the outputs: the sum over outputs.
  const Variable cost = BinaryCrossEntropyWithLogits(mlp.Forward(inputs, {}), targets) *
                        Variable(Tensor::Scalar(static_cast<float>(widths.back())));
  std::vector<double> norms;
  for (const Tensor& gradient : Gradients(cost, biases)) norms.push_back(EuclideanNorm(gradient));
  return norms;
}

// Of one layer; norms: one a start. published: 0 where there is none.
std::vector<Cell> SummaryCells(const std::string& network, size_t layer, const std::vector<double>& norms,
                               double published) {
  std::vector<double> decades;
  for (double norm : norms) decades.push_back(std::log10(norm));
  const double mean = Mean(decades), deviation = StandardDeviation(decades);
  std::vector<Cell> cells = {network,     layer + 1, Mean(norms), StandardDeviation(norms), std::pow(10, mean),
                             norms.size()};
  if (published > 0 && deviation > 0) {
    cells.insert(cells.end(), {published, (std::log10(published) - mean) / deviation});
  } else {
    cells.insert(cells.end(), {"", ""});
  }
  return cells;
}

}  // namespace

void NielsenNorms::AddFlags(FlagSet& flags) {
  flags.Add("dataset", &dataset_, "what the gradients are of: mnist, as published, or glyphs, fashion-mnist, ...");
  flags.Add("examples", &examples_, "the first so many training images");
  flags.Add("starts", &starts_, "random starts of each network, with seeds 1, 2, ...");
}

void NielsenNorms::UseDemoSize() {
  dataset_ = "glyphs";  // which every machine has
  starts_ = 20;
}

absl::StatusOr<ExperimentResult> NielsenNorms::Run(Progress& progress) {
  if (absl::Status status =
          FirstError({WantsBetween("starts", starts_, 1, kMostStarts), WantsAtLeast("examples", examples_, 1)});
      !status.ok()) {
    return status;
  }
  const absl::StatusOr<TrainTest> data =
      LoadDataset(dataset_, {.folder = data_dir_, .train_size = examples_, .test_size = 1});
  if (!data.ok()) return data.status();
  const Batch batch = Batches::InOrder(data->train, {.batch_size = examples_})[0];  // pixels in [0, 1]
  const int64_t classes = data->train.num_classes();
  const Tensor targets = OneHot(batch.labels, classes);
  ExperimentResult result{.metrics = Table({"network", "layer", "seed", "bias_gradient_norm"}),
                          .summary = Table({"network", "layer", "norm_mean", "norm_std", "norm_geometric_mean", "n",
                                            "published", "published_deviations"}),
                          .seeds = {},
                          .datasets = {{dataset_, Fingerprint(data->train)}}};
  for (int64_t seed = 1; seed <= starts_; ++seed) result.seeds.push_back(static_cast<uint64_t>(seed));
  for (const std::vector<double>& published : Published()) {
    std::vector<int64_t> widths(published.size() + 2, kHidden);
    widths.front() = NumElements(data->train.example_shape);
    widths.back() = classes;
    std::vector<std::vector<double>> of_layers(published.size());
    for (uint64_t seed : result.seeds) {
      if (absl::Status status = CheckInterrupt(); !status.ok()) return status;
      progress.Part(MlpName(widths), static_cast<int64_t>(seed) - 1, starts_);
      const std::vector<double> norms = BiasGradientNorms(widths, batch.inputs, targets, seed);
      for (size_t l = 0; l < norms.size(); ++l) {
        of_layers[l].push_back(norms[l]);
        result.metrics.AddRow({MlpName(widths), l + 1, seed, norms[l]});
      }
    }
    for (size_t l = 0; l < of_layers.size(); ++l) {
      result.summary.AddRow(
          SummaryCells(MlpName(widths), l, of_layers[l], dataset_ == "mnist" && examples_ == 1000 ? published[l] : 0));
    }
  }
  return result;
}

}  // namespace dl
