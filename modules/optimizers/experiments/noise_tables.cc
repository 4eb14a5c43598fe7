#include "modules/optimizers/experiments/noise_tables.h"

#include <algorithm>
#include <utility>

#include "modules/base/check.h"
#include "modules/training/classifier.h"
#include "modules/training/gradient_noise.h"
#include "modules/training/interrupt.h"
#include "modules/training/line_fit.h"
#include "modules/training/mean_cells.h"

namespace dl {
namespace {

// One model's.
struct Sample {
  double train_loss, squared_norm, trace;
  std::vector<double> variances;  // of each batch size
};

absl::StatusOr<Sample> Measure(Sequential& model, const Dataset& data, const NoiseOptions& options, uint64_t seed) {
  const Normalization normalization = ChannelNormalization(data);
  const GradientNoise noise(model, data, normalization);
  Sample sample = {Evaluate(model, data, normalization).loss, noise.squared_norm(), noise.trace(), {}};
  for (int64_t size : options.batch_sizes) {
    if (absl::Status status = CheckInterrupt(); !status.ok()) return status;
    const int64_t draws = std::max<int64_t>(options.examples / size, 1);
    sample.variances.push_back(noise.Variance(size, draws, Random(seed).Split(size)));
  }
  return sample;
}

void AddSummaryRow(const std::string& moment, const std::vector<Sample>& samples, const std::vector<double>& sizes,
                   Table& summary) {
  std::vector<double> losses, norms, traces, scales, slopes;
  for (const Sample& sample : samples) {
    losses.push_back(sample.train_loss);
    norms.push_back(sample.squared_norm);
    traces.push_back(sample.trace);
    scales.push_back(sample.trace / sample.squared_norm);
    slopes.push_back(FitExponent(sizes, sample.variances));
  }
  std::vector<Cell> cells = {moment};
  for (const auto& values : {losses, norms, traces, scales, slopes}) AppendMean(values, cells);
  cells.push_back(samples.size());
  summary.AddRow(std::move(cells));
}

}  // namespace

absl::Status AddNoise(const std::string& moment, absl::Span<Sequential> models, const Dataset& data,
                      const NoiseOptions& options, NoiseTables& tables) {
  DL_CHECK(models.size() == options.seeds.size())
      << "AddNoise: " << models.size() << " models and " << options.seeds.size() << " seeds";
  std::vector<Sample> samples;
  for (size_t m = 0; m < models.size(); ++m) {
    absl::StatusOr<Sample> sample = Measure(models[m], data, options, options.seeds[m]);
    if (!sample.ok()) return sample.status();
    samples.push_back(*std::move(sample));
  }
  const std::vector<double> sizes(options.batch_sizes.begin(), options.batch_sizes.end());
  AddSummaryRow(moment, samples, sizes, tables.summary);
  for (size_t m = 0; m < samples.size(); ++m) {
    for (size_t i = 0; i < sizes.size(); ++i) {
      tables.noise.AddRow({moment, options.seeds[m], options.batch_sizes[i], samples[m].variances[i],
                           samples[m].trace / sizes[i], samples[m].squared_norm});
    }
  }
  return absl::OkStatus();
}

}  // namespace dl
