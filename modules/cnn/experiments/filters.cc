#include "modules/cnn/experiments/filters.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "absl/strings/str_cat.h"
#include "datasets/batches.h"
#include "datasets/catalog.h"
#include "modules/backprop/linear.h"
#include "modules/cnn/conv2d.h"
#include "modules/cnn/experiments/filter_sheets.h"
#include "modules/cnn/filter_bank.h"
#include "modules/cnn/summary.h"
#include "modules/primitives/binary.h"
#include "modules/primitives/reorder.h"
#include "modules/training/classifier.h"
#include "modules/training/flag_checks.h"
#include "modules/training/mean_cells.h"
#include "modules/training/statistics.h"

namespace dl {
namespace {

constexpr int64_t kMostFilters = 256, kWidestKernel = 15, kMostExciting = 100;
constexpr int64_t kShownPictures = 4, kShownUnits = 2, kLookBatch = 100;
constexpr size_t kComponents = 8;
constexpr size_t kConvolutions = 3;
constexpr size_t kLayersPerStage = 3;  // convolution, ReLU, pool
constexpr int kBefore = 0, kAfter = 1, kChange = 2;
constexpr const char* kWhen[] = {"before", "after", "change"};  // training
constexpr int64_t kFilterSide = 28;  // pixels of the sheet to which filters are enlarged

Tensor Look(const Dataset& data, int64_t first, int64_t count, const Normalization& normalization) {
  std::vector<int64_t> indices(std::min(count, data.size() - first));
  std::iota(indices.begin(), indices.end(), first);
  return MakeBatch(data, indices, normalization).inputs;
}

// The filters of the first layer, [K, C, R, R].
Tensor FirstWeights(const Layer& model) { return ToPlain(Weights(model).front().value()); }

std::vector<MapLayer> MapLayers(Sequential& model, const Shape& image) {
  std::vector<MapLayer> layers;
  const ModelSummary summary = Summary(model, image);
  for (size_t i = 0; i < kConvolutions; ++i) {
    const size_t output = kLayersPerStage * i + 1;
    MapLayer layer = {absl::StrCat("conv", i + 1), output, {}};
    for (const LayerSummary& l : summary.layers) {
      if (l.path == absl::StrCat(output) && l.field.has_value()) layer.field = *l.field;
    }
    layers.push_back(std::move(layer));
  }
  return layers;
}

std::vector<UnitResponses> ResponsesOf(Sequential& model, const std::vector<MapLayer>& layers, const Dataset& data,
                                       const Normalization& normalization) {
  std::vector<UnitResponses> responses(layers.size());
  for (int64_t first = 0; first < data.size(); first += kLookBatch) {
    const std::vector<Variable> outputs = model.Outputs(Look(data, first, kLookBatch, normalization), {});
    for (size_t l = 0; l < layers.size(); ++l) responses[l].Add(outputs[layers[l].output].value());
  }
  return responses;
}

}  // namespace

struct Filters::Findings {
  Table metrics{{"seed", "filters", "filter", "orientation", "gabor", "colour"}};
  // One entry a seed, of [before, after, the change].
  std::vector<double> orientations[3], gabors[3], colours[3], components[3], accuracies[3];
  std::vector<double> shares[2][kConvolutions], silent[2][kConvolutions];
  int64_t units[kConvolutions] = {};
  PictureSheet first_layer{kFilterSide};
  std::string feature_maps, exciting;
};

void Filters::AddFlags(FlagSet& flags) {
  flags.Add("dataset", &dataset_, "pictures to look at and to learn: shapes, glyphs, cifar10, ...");
  flags.Add("train_size", &train_size_, "training examples");
  flags.Add("test_size", &test_size_, "test examples, among which those are looked for that excite units");
  flags.Add("epochs", &epochs_, "passes over the training set");
  flags.Add("batch_size", &batch_size_, "examples a step");
  flags.Add("filters", &filters_, "of the first layer; each later one has twice as many");
  flags.Add("kernel", &kernel_, "side of the first layer's filters, pixels, odd");
  flags.Add("exciting", &exciting_, "pictures that excite a unit most, to look at");
  flags.Add("learning_rate", &learning_rate_, "of AdamW, at first; it falls to 0 along a cosine");
  flags.Add("weight_decay", &weight_decay_, "of AdamW");
  flags.Add("seeds", &seeds_, "one network each; pictures are of the first");
}

void Filters::UseDemoSize() {
  train_size_ = 1000;
  test_size_ = 200;
  epochs_ = 3;
  seeds_ = {1, 2, 3};
}

absl::Status Filters::CheckFlags() const {
  return FirstError({WantsAtLeast("train_size", train_size_, kShownPictures), WantsAtLeast("test_size", test_size_, 10),
                     WantsAtLeast("epochs", epochs_, 1),
                     WantsBetween("batch_size", batch_size_, 1, train_size_, "train_size"),
                     WantsBetween("filters", filters_, 1, kMostFilters),
                     WantsBetween("kernel", kernel_, 3, kWidestKernel), WantsOdd("kernel", kernel_),
                     WantsBetween("exciting", exciting_, 1, std::min(kMostExciting, test_size_)),
                     WantsPositive("learning_rate", learning_rate_), WantsAtLeast("weight_decay", weight_decay_, 0),
                     WantsSeeds(seeds_)});
}

Sequential Filters::MakeNetwork(const Dataset& data, uint64_t seed) const {
  Random random(seed);
  Sequential net;
  int64_t inputs = data.example_shape[0], outputs = filters_, kernel = kernel_;
  for (size_t i = 0; i < kConvolutions; ++i, inputs = std::exchange(outputs, 2 * outputs), kernel = 3) {
    net.Add(Conv2d(inputs, outputs, kernel, random, {.padding = kernel / 2}));
    net.Add(Activation(Elementwise::kReLU));
    net.Add(MaxPool2d());
  }
  const int64_t places = (data.example_shape[1] >> kConvolutions) * (data.example_shape[2] >> kConvolutions);
  net.Add(Linear(inputs * places, data.num_classes(), random));
  return net;
}

absl::Status Filters::Train(Sequential& model, const TrainTest& data, uint64_t seed, Progress& progress) const {
  const int64_t steps = epochs_ * (data.train.size() / batch_size_);
  const auto optimizer =
      Adam(Variables(model), {.rate = CosineDecay(learning_rate_, steps), .weight_decay = weight_decay_});
  return TrainClassifier(model, *optimizer, data,
                         {.name = absl::StrCat(dataset_, ", adamw, rate ", learning_rate_, ", seed ", seed),
                          .epochs = epochs_,
                          .batch_size = batch_size_,
                          .seed = seed},
                         progress)
      .status();
}

void Filters::ExamineFirstLayer(const Tensor& w, uint64_t seed, int when, Findings& findings) const {
  std::vector<double> orientations, gabors, colours;
  for (const FilterNumbers& numbers : DescribeFilters(w)) {
    findings.metrics.AddRow(
        {seed, kWhen[when], orientations.size(), numbers.orientation, numbers.gabor, numbers.colour});
    orientations.push_back(numbers.orientation);
    gabors.push_back(numbers.gabor);
    colours.push_back(numbers.colour);
  }
  findings.orientations[when].push_back(Mean(orientations));
  findings.gabors[when].push_back(Mean(gabors));
  findings.colours[when].push_back(Mean(colours));
  const std::vector<double> components = ComponentShares(w);
  const size_t counted = std::min(kComponents, components.size());
  findings.components[when].push_back(std::accumulate(components.begin(), components.begin() + counted, 0.0));
  if (seed == seeds_.front()) AddFilterLine(kWhen[when], w, findings.first_layer);
}

void Filters::ExamineUnits(Sequential& model, const TrainTest& data, uint64_t seed, bool after,
                           Findings& findings) const {
  const Normalization normalization = ChannelNormalization(data.train);
  findings.accuracies[after].push_back(Evaluate(model, data.test, normalization).accuracy);
  const std::vector<MapLayer> layers = MapLayers(model, data.train.example_shape);
  const std::vector<UnitResponses> responses = ResponsesOf(model, layers, data.test, normalization);
  for (size_t l = 0; l < layers.size(); ++l) {
    std::vector<double> shares;
    findings.units[l] = responses[l].units();
    for (int64_t unit = 0; unit < responses[l].units(); ++unit) {
      const auto strongest = responses[l].Strongest(unit, exciting_);
      if (static_cast<int64_t>(strongest.size()) == exciting_) {
        shares.push_back(CommonestClassShare(strongest, data.test.labels));
      }
    }
    const double excited = static_cast<double>(shares.size()) / static_cast<double>(findings.units[l]);
    findings.silent[after][l].push_back(1 - excited);
    if (!shares.empty()) findings.shares[after][l].push_back(Mean(shares));
  }

  if (seed != seeds_.front() || !after) return;
  findings.feature_maps = FeatureMapSheet(model, layers, Look(data.test, 0, 1, {}),
                                          Look(data.test, 0, 1, normalization))
                              .ToCsv();
  findings.exciting =
      ExcitingSheet(layers, responses, Look(data.test, 0, data.test.size(), {}), kShownUnits, exciting_).ToCsv();
}

Table Filters::Summarize(const Findings& findings, const std::string& dataset) const {
  Table table({"dataset", "filters", "orientation_mean", "orientation_std", "gabor_mean", "gabor_std", "colour_mean",
               "colour_std", "eight_components_mean", "eight_components_std", "test_accuracy_mean",
               "test_accuracy_std", "n"});
  for (const int when : {kBefore, kAfter, kChange}) {
    std::vector<Cell> row = {dataset, kWhen[when]};
    for (const auto* values : {&findings.orientations[when], &findings.gabors[when], &findings.colours[when],
                               &findings.components[when], &findings.accuracies[when]}) {
      AppendMean(*values, row);
    }
    row.push_back(seeds_.size());
    table.AddRow(std::move(row));
  }
  return table;
}

Table Filters::SummarizeUnits(const Findings& findings, double chance) const {
  Table table({"when", "layer", "units", "class_share_mean", "class_share_std", "chance", "silent_mean", "silent_std",
               "n"});
  for (const int when : {kBefore, kAfter}) {
    for (size_t l = 0; l < kConvolutions; ++l) {
      std::vector<Cell> row = {kWhen[when], absl::StrCat("conv", l + 1), findings.units[l]};
      AppendMean(findings.shares[when][l], row);
      row.push_back(chance);
      AppendMean(findings.silent[when][l], row);
      row.push_back(seeds_.size());
      table.AddRow(std::move(row));
    }
  }
  return table;
}

absl::StatusOr<ExperimentResult> Filters::Run(Progress& progress) {
  if (absl::Status status = CheckFlags(); !status.ok()) return status;
  const absl::StatusOr<TrainTest> data =
      LoadDataset(dataset_, {.folder = data_dir_, .train_size = train_size_, .test_size = test_size_});
  if (!data.ok()) return data.status();
  const Shape& shape = data->train.example_shape;
  if (shape.size() != 3 || std::min(shape[1], shape[2]) < (1 << kConvolutions)) {
    return absl::InvalidArgumentError(absl::StrCat("flag --dataset wants pictures of at least ", 1 << kConvolutions,
                                                   " pixels a side, not '", dataset_, "'; try --dataset=shapes"));
  }
  Findings findings;
  for (const uint64_t seed : seeds_) {
    Sequential model = MakeNetwork(data->train, seed);
    const Tensor before = FirstWeights(model);
    ExamineFirstLayer(before, seed, kBefore, findings);
    ExamineUnits(model, *data, seed, false, findings);
    if (absl::Status status = Train(model, *data, seed, progress); !status.ok()) return status;
    const Tensor after = FirstWeights(model);
    ExamineFirstLayer(after, seed, kAfter, findings);
    ExamineFirstLayer(Subtract(after, before), seed, kChange, findings);
    ExamineUnits(model, *data, seed, true, findings);
  }
  return ExperimentResult{
      .metrics = std::move(findings.metrics),
      .summary = Summarize(findings, data->train.name),
      .seeds = seeds_,
      .datasets = {{dataset_, Fingerprint(data->train)}, {dataset_ + " (test)", Fingerprint(data->test)}},
      .files = {{"exciting.csv", std::move(findings.exciting)},
                {"feature_maps.csv", std::move(findings.feature_maps)},
                {"first_layer.csv", findings.first_layer.ToCsv()},
                {"kernels.csv", KernelSheet(Look(data->train, 0, kShownPictures, {})).ToCsv()},
                {"units.csv", SummarizeUnits(findings, ChanceClassShare(data->test.labels, exciting_)).ToCsv()}}};
}

}  // namespace dl
