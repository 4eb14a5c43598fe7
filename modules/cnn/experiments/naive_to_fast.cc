#include "modules/cnn/experiments/naive_to_fast.h"

#include <cmath>
#include <optional>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "modules/backprop/initializers.h"
#include "modules/cnn/winograd.h"
#include "modules/primitives/convolution_ways.h"
#include "modules/primitives/reference/convolution.h"
#include "modules/training/flag_checks.h"
#include "modules/training/interrupt.h"
#include "modules/training/mean_cells.h"

namespace dl {
namespace {

using reference::Array;
using reference::FromTensor;

constexpr int64_t kVector = 16;  // channels that oneDNN's kernels work on at once
constexpr int64_t kMostChannels = 1024, kLongestSide = 256;
constexpr int64_t kTileMaps = 16;  // outputs of the plain Winograd loops

// The root mean square of the relative error of one rounding to p bits, in units of 2^-p: errors are uniform within
// half a unit of the last place, and the values' logarithms uniform within a power of two.
const double kRounding = std::sqrt(2 * std::log(2.0)) / 3;
const double kF32Error = kRounding * 0x1p-24, kBF16Error = kRounding * 0x1p-8;

// A sum of n products of random signs, one after the other: each partial sum k, whose variance is k / n of the whole's,
// is rounded once.
double ErrorOfSum(double n) { return kF32Error * std::sqrt(n / 2); }

const std::vector<double> kOneDnnPoints = {0, 0.625, -0.625, 1.5, -1.5};  // of its F(4x4, 3x3) kernel

// What rounding predicts for sums of 9 C products.
double ExpectedError(const std::string& way, int64_t channels) {
  const double direct = ErrorOfSum(9 * static_cast<double>(channels));
  if (way == "winograd") return direct * WinogradErrorGrowth(MakeWinogradTransforms(4, 3, kOneDnnPoints));
  // x, w and y are each rounded once.
  if (way == "bf16") return std::sqrt(3.0) * kBF16Error;
  return direct;
}

double RelativeError(const Tensor& y, const Array<double>& truth) {
  const Array<double> values = FromTensor<double>(y);
  double error = 0, norm = 0;
  for (size_t i = 0; i < truth.values.size(); ++i) {
    error += std::pow(values.values[i] - truth.values[i], 2);
    norm += std::pow(truth.values[i], 2);
  }
  return std::sqrt(error / norm);
}

struct Operands {
  Tensor x, w;
};

Operands RandomOperands(const Shape& x, const Shape& w, uint64_t seed) {
  Random random(seed);
  return {NormalInit(1.0f)(x, random), KaimingNormal(w, random)};
}

struct Tile {
  const char *name, *points_text;
  int64_t outputs;
  std::vector<double> points;
};

const std::vector<Tile>& Tiles() {
  static const auto* tiles = new std::vector<Tile>{{"F(2x2, 3x3)", "0 ±1", 2, {0, 1, -1}},
                                                   {"F(4x4, 3x3)", "0 ±1 ±2", 4, {0, 1, -1, 2, -2}},
                                                   {"F(4x4, 3x3)", "0 ±5/8 ±3/2", 4, kOneDnnPoints},
                                                   {"F(6x6, 3x3)", "0 ±1/2 ±1 ±2", 6, {0, 0.5, -0.5, 1, -1, 2, -2}}};
  return *tiles;
}

}  // namespace

// `channels` to as many, on a square.
struct NaiveToFast::Layer {
  std::string name;  // "64@32"
  int64_t channels = 0, side = 0;
};

void NaiveToFast::AddFlags(FlagSet& flags) {
  flags.Add("layers", &layers_, "convolutions 3x3, as CHANNELS@SIDE: as many channels out as in, on a square");
  flags.Add("batch", &batch_, "pictures of each");
  flags.Add("seeds", &seeds_, "one picture and one set of weights each");
}

void NaiveToFast::UseDemoSize() {
  layers_ = {"32@16", "128@8"};
  batch_ = 1;
  seeds_ = {1, 2, 3};
}

absl::StatusOr<NaiveToFast::Layer> NaiveToFast::ParseLayer(const std::string& text) {
  const std::vector<std::string> parts = absl::StrSplit(text, '@');
  Layer layer = {.name = text};
  if (parts.size() != 2 || !absl::SimpleAtoi(parts[0], &layer.channels) || !absl::SimpleAtoi(parts[1], &layer.side)) {
    return absl::InvalidArgumentError(
        absl::StrCat("flag --layers wants CHANNELS@SIDE, as in 64@32, not '", text, "'"));
  }
  if (layer.channels < kVector || layer.channels > kMostChannels || layer.channels % kVector != 0) {
    return absl::InvalidArgumentError(absl::StrCat("flag --layers wants channels that are multiples of ", kVector,
                                                   " up to ", kMostChannels, ", not ", layer.channels));
  }
  if (layer.side < 3 || layer.side > kLongestSide) {
    return absl::InvalidArgumentError(
        absl::StrCat("flag --layers wants sides of 3 to ", kLongestSide, ", not ", layer.side));
  }
  return layer;
}

absl::StatusOr<std::vector<NaiveToFast::Layer>> NaiveToFast::CheckFlags() const {
  if (absl::Status status = FirstError(
          {WantsSome("layers", layers_), WantsBetween("batch", batch_, 1, 256), WantsSeeds(seeds_)});
      !status.ok()) {
    return status;
  }
  std::vector<Layer> layers;
  for (const std::string& text : layers_) {
    const absl::StatusOr<Layer> layer = ParseLayer(text);
    if (!layer.ok()) return layer.status();
    layers.push_back(*layer);
  }
  return layers;
}

absl::Status NaiveToFast::MeasureWays(const Layer& layer, Progress& progress, Table& metrics, Table& summary) const {
  const ConvolutionTask task = {{batch_, layer.channels, layer.side, layer.side},
                                {layer.channels, layer.channels, 3, 3},
                                {.padding = 1}};
  std::vector<std::vector<double>> errors(ConvolutionWays().size());
  for (size_t s = 0; s < seeds_.size(); ++s) {
    progress.Part(absl::StrCat("layer ", layer.name, ", seed ", seeds_[s]), s, seeds_.size());
    const auto [x, w] = RandomOperands(task.x, task.w, seeds_[s]);
    const auto truth = reference::Convolution(FromTensor<double>(x), FromTensor<double>(w), {}, task.options);
    for (size_t i = 0; i < ConvolutionWays().size(); ++i) {
      if (absl::Status status = CheckInterrupt(); !status.ok()) return status;
      const ConvolutionWay& way = ConvolutionWays()[i];
      if (!way.is_available(task)) continue;
      errors[i].push_back(RelativeError(way.prepare(task, x, w)(), truth));
      metrics.AddRow({layer.name, way.name, seeds_[s], errors[i].back()});
    }
  }
  for (size_t i = 0; i < ConvolutionWays().size(); ++i) {
    const ConvolutionWay& way = ConvolutionWays()[i];
    const ConvolutionCost cost = way.cost(task);
    std::vector<Cell> row = {layer.name,       way.name,
                             way.about,        cost.multiplications / 1e6,
                             cost.bytes / 1e6, 2 * cost.multiplications / cost.bytes};
    AppendMean(errors[i], row);
    row.insert(row.end(), {errors[i].size(), ExpectedError(way.name, layer.channels)});
    summary.AddRow(std::move(row));
  }
  return absl::OkStatus();
}

absl::Status NaiveToFast::MeasureTiles(const Layer& layer, Table& tiles) const {
  std::vector<std::vector<double>> ratios(Tiles().size());
  for (const uint64_t seed : seeds_) {
    const auto [x, w] =
        RandomOperands({1, layer.channels, layer.side, layer.side}, {kTileMaps, layer.channels, 3, 3}, seed);
    const auto truth = reference::Convolution(FromTensor<double>(x), FromTensor<double>(w), {}, {});
    const double direct = RelativeError(
        reference::ToTensor(reference::Convolution(FromTensor<float>(x), FromTensor<float>(w), {}, {})), truth);
    for (size_t i = 0; i < Tiles().size(); ++i) {
      if (absl::Status status = CheckInterrupt(); !status.ok()) return status;
      const WinogradTransforms transforms = MakeWinogradTransforms(Tiles()[i].outputs, 3, Tiles()[i].points);
      ratios[i].push_back(RelativeError(WinogradConvolution(x, w, transforms), truth) / direct);
    }
  }
  for (size_t i = 0; i < Tiles().size(); ++i) {
    const Tile& tile = Tiles()[i];
    const WinogradTransforms transforms = MakeWinogradTransforms(tile.outputs, 3, tile.points);
    std::vector<Cell> row = {layer.name, tile.name, tile.points_text, WinogradSaving(transforms)};
    AppendMean(ratios[i], row);
    row.insert(row.end(), {seeds_.size(), WinogradErrorGrowth(transforms)});
    tiles.AddRow(std::move(row));
  }
  return absl::OkStatus();
}

absl::StatusOr<ExperimentResult> NaiveToFast::Run(Progress& progress) {
  const absl::StatusOr<std::vector<Layer>> layers = CheckFlags();
  if (!layers.ok()) return layers.status();
  Table metrics({"layer", "way", "seed", "error"});
  Table summary({"layer", "way", "about", "million_multiplications", "megabytes", "flops_per_byte", "error_mean",
                 "error_std", "n", "expected_error"});
  Table tiles({"layer", "tile", "points", "fewer_multiplications", "error_over_direct_mean", "error_over_direct_std",
               "n", "expected_error_over_direct"});
  for (const Layer& layer : *layers) {
    if (absl::Status status = MeasureWays(layer, progress, metrics, summary); !status.ok()) return status;
    if (absl::Status status = MeasureTiles(layer, tiles); !status.ok()) return status;
  }
  return ExperimentResult{.metrics = std::move(metrics),
                          .summary = std::move(summary),
                          .seeds = seeds_,
                          .datasets = {},
                          .files = {{"tiles.csv", tiles.ToCsv()}}};
}

}  // namespace dl
