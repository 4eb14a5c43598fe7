#include "modules/cnn/experiments/receptive_field.h"

#include <algorithm>
#include <numeric>
#include <ostream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "datasets/batches.h"
#include "datasets/catalog.h"
#include "modules/backprop/initializers.h"
#include "modules/cnn/effective_receptive_field.h"
#include "modules/cnn/experiments/conv_stacks.h"
#include "modules/cnn/experiments/known_fields.h"
#include "modules/cnn/resnet.h"
#include "modules/cnn/small_cnn.h"
#include "modules/training/classifier.h"
#include "modules/training/flag_checks.h"
#include "modules/training/interrupt.h"
#include "modules/training/line_fit.h"
#include "modules/training/mean_cells.h"

namespace dl {
namespace {

constexpr int64_t kDeepest = 64, kMostChannels = 256;
constexpr int64_t kLookedAt = 64;    // images over which influence is averaged there
constexpr int kSettlingPasses = 30;  // until running averages have forgotten that they began at 0 and 1

void AddMap(const std::string& kind, const std::string& label, const Tensor& influence, Table& maps) {
  const int64_t width = influence.dim(1);
  const double* values = influence.data_f64();
  const double largest = *std::max_element(values, values + influence.size());
  for (int64_t i = 0; i < influence.size(); ++i) {
    const double share = largest > 0 ? values[i] / largest : 0;
    maps.AddRow({kind, label, i / width, i % width, absl::StrFormat("%.4f", share)});
  }
}

void AddTo(Tensor& sum, const Tensor& x) {
  for (int64_t i = 0; i < x.size(); ++i) sum.mutable_data_f64()[i] += x.data_f64()[i];
}

// Measurements of one setting, one entry a seed.
struct Sizes {
  void Add(const InfluenceSize& size) {
    spreads.push_back(size.spread);
    sides.push_back(size.side);
  }
  std::vector<double> spreads, sides;
};

// Two networks that learn: eight layers with ways round their blocks, and four without.
Sequential MakeNetwork(const std::string& name, const Dataset& data, Random& random) {
  const int64_t inputs = data.example_shape[0], classes = data.num_classes();
  if (name == "small_cnn") {
    return SmallCnn(random,
                    {.channels = inputs, .size = data.example_shape[1], .classes = classes, .widths = {16, 32}});
  }
  ResNetOptions options = CifarResNet(8);
  options.inputs = inputs;
  options.classes = classes;
  return ResNet(random, options);
}

// The last map of the network that has more than one place.
Variable LastMap(Sequential& model, const Variable& x) {
  const std::vector<Variable> outputs = model.Outputs(x, {});
  size_t last = outputs.size() - 1;
  while (outputs[last].shape().size() != 4 || outputs[last].shape()[2] == 1) --last;
  return outputs[last];
}

}  // namespace

struct ReceptiveFieldExperiment::Tables {
  Table metrics{{"kind", "depth", "seed", "field", "spread", "side"}};
  Table summary{{"kind", "depth", "field", "spread_mean", "spread_std", "expected_spread", "side_mean", "side_std",
                 "expected_side", "n"}};
  Table exponents{{"kind", "exponent_mean", "exponent_std", "expected_exponent", "n"}};
  Table trained{{"dataset", "network", "when", "field", "spread_mean", "spread_std", "side_mean", "side_std",
                 "test_accuracy_mean", "test_accuracy_std", "n"}};
  Table maps{{"kind", "label", "row", "column", "influence"}};
};

void ReceptiveFieldExperiment::AddFlags(FlagSet& flags) {
  flags.Add("kinds", &kinds_, "stacks of convolutions: uniform, linear, relu, residual");
  flags.Add("depths", &depths_, "numbers of convolutions in a stack");
  flags.Add("channels", &channels_, "of each convolution with random weights");
  flags.Add("images", &images_, "random pictures that each stack sees");
  flags.Add("dataset", &dataset_, "pictures that two networks learn: shapes, cifar10, ...");
  flags.Add("train_size", &train_size_, "training examples");
  flags.Add("test_size", &test_size_, "test examples");
  flags.Add("epochs", &epochs_, "passes over the training set");
  flags.Add("batch_size", &batch_size_, "examples a step");
  flags.Add("learning_rate", &learning_rate_, "of Adam, at first; it falls to 0 along a cosine");
  flags.Add("seeds", &seeds_, "one set of weights each");
}

void ReceptiveFieldExperiment::UseDemoSize() {
  depths_ = {1, 2, 4, 8, 16};
  images_ = 4;
  train_size_ = 300;
  test_size_ = 100;
  epochs_ = 2;
  seeds_ = {1, 2, 3};
}

absl::Status ReceptiveFieldExperiment::CheckFlags() const {
  return FirstError({WantsSome("kinds", kinds_), WantsKnown("kind", kinds_, ConvStackKinds()),
                     WantsSome("depths", depths_), WantsBetween("depths", depths_, 1, kDeepest),
                     WantsBetween("channels", channels_, 1, kMostChannels), WantsAtLeast("images", images_, 1),
                     WantsAtLeast("train_size", train_size_, 1), WantsAtLeast("test_size", test_size_, 1),
                     WantsAtLeast("epochs", epochs_, 1),
                     WantsBetween("batch_size", batch_size_, 1, train_size_, "train_size"),
                     WantsPositive("learning_rate", learning_rate_), WantsSeeds(seeds_)});
}

absl::Status ReceptiveFieldExperiment::MeasureStacks(Progress& progress, Tables& tables) const {
  int64_t done = 0;
  for (const std::string& kind : kinds_) {
    std::vector<Sizes> of_depths;
    for (const int64_t depth : depths_) {
      progress.Part(absl::StrCat(kind, ", depth ", depth), done++, kinds_.size() * depths_.size());
      const int64_t side = 2 * depth + 1;
      Tensor sum = Tensor::Zeros({side, side}, DType::kF64);
      Sizes sizes;
      for (const uint64_t seed : seeds_) {
        if (absl::Status status = CheckInterrupt(); !status.ok()) return status;
        Random random(seed);
        const ConvStack stack(kind, depth, channels_, random);
        const Tensor x = NormalInit(1.0f)({images_, stack.channels(), side, side}, random);
        const Tensor influence = CenterInfluence(stack, x, random);
        sizes.Add(SizeOf(influence));
        AddTo(sum, influence);
        tables.metrics.AddRow({kind, depth, seed, side, sizes.spreads.back(), sizes.sides.back()});
      }
      const InfluenceSize expected = SizeOf(ExpectedInfluence(kind, depth));
      std::vector<Cell> row = {kind, depth, side};
      AppendMean(sizes.spreads, row);
      row.push_back(expected.spread);
      AppendMean(sizes.sides, row);
      row.insert(row.end(), {expected.side, seeds_.size()});
      tables.summary.AddRow(std::move(row));
      AddMap(kind, absl::StrCat(depth), sum, tables.maps);
      of_depths.push_back(std::move(sizes));
    }
    if (depths_.size() < 2) continue;
    const std::vector<double> depths(depths_.begin(), depths_.end());
    std::vector<double> exponents, expected;
    for (size_t s = 0; s < seeds_.size(); ++s) {
      std::vector<double> spreads;
      for (const Sizes& sizes : of_depths) spreads.push_back(sizes.spreads[s]);
      exponents.push_back(FitExponent(depths, spreads));
    }
    for (const int64_t depth : depths_) expected.push_back(SizeOf(ExpectedInfluence(kind, depth)).spread);
    std::vector<Cell> row = {kind};
    AppendMean(exponents, row);
    row.insert(row.end(), {FitExponent(depths, expected), seeds_.size()});
    tables.exponents.AddRow(std::move(row));
  }
  return absl::OkStatus();
}

absl::StatusOr<double> ReceptiveFieldExperiment::Train(Layer& model, const std::string& name, const TrainTest& data,
                                                       uint64_t seed, Progress& progress) const {
  const int64_t steps = epochs_ * (data.train.size() / batch_size_);
  const auto optimizer = Adam(Variables(model), {.rate = CosineDecay(learning_rate_, steps)});
  const auto epochs =
      TrainClassifier(model, *optimizer, data,
                      {.name = absl::StrCat(dataset_, " ", name, ", adam, rate ", learning_rate_, ", seed ", seed),
                       .epochs = epochs_,
                       .batch_size = batch_size_,
                       .seed = seed},
                      progress);
  if (!epochs.ok()) return epochs.status();
  return epochs->back().test.accuracy;
}

absl::Status ReceptiveFieldExperiment::MeasureTrained(const TrainTest& data, Progress& progress, Tables& tables) const {
  std::vector<int64_t> first(std::min(kLookedAt, data.test.size()));
  std::iota(first.begin(), first.end(), 0);
  const Normalization normalization = ChannelNormalization(data.train);
  const Tensor images = MakeBatch(data.test, first, normalization).inputs;
  for (const std::string name : {"small_cnn", "resnet8"}) {
    Tensor maps[] = {Tensor::Zeros({images.dim(2), images.dim(3)}, DType::kF64),
                     Tensor::Zeros({images.dim(2), images.dim(3)}, DType::kF64)};
    Sizes sizes[2];
    std::vector<double> accuracies[2];
    ReceptiveField field;
    for (const uint64_t seed : seeds_) {
      Random random(seed);
      Sequential model = MakeNetwork(name, data.train, random);
      field = FieldOfLastMap(model, data.train.example_shape);
      for (int i = 0; i < kSettlingPasses; ++i) model.Forward(images, {.training = true, .random = &random});
      for (const bool after : {false, true}) {
        if (after) {
          const absl::StatusOr<double> accuracy = Train(model, name, data, seed, progress);
          if (!accuracy.ok()) return accuracy.status();
        }
        accuracies[after].push_back(Evaluate(model, data.test, normalization).accuracy);
        Random directions = Random(seed).Split(1);
        const Tensor influence =
            CenterInfluence([&](const Variable& x) { return LastMap(model, x); }, images, directions);
        sizes[after].Add(SizeOf(influence));
        AddTo(maps[after], influence);
      }
    }
    for (const bool after : {false, true}) {
      const char* when = after ? "after" : "before";
      std::vector<Cell> row = {data.train.name, name, when, field.size};
      AppendMean(sizes[after].spreads, row);
      AppendMean(sizes[after].sides, row);
      AppendMean(accuracies[after], row);
      row.push_back(seeds_.size());
      tables.trained.AddRow(std::move(row));
      AddMap(name, when, maps[after], tables.maps);
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<ExperimentResult> ReceptiveFieldExperiment::Run(Progress& progress) {
  if (absl::Status status = CheckFlags(); !status.ok()) return status;
  const absl::StatusOr<TrainTest> data =
      LoadDataset(dataset_, {.folder = data_dir_, .train_size = train_size_, .test_size = test_size_});
  if (!data.ok()) return data.status();
  if (data->train.example_shape.size() != 3 || data->train.example_shape[1] < 8) {
    return absl::InvalidArgumentError(absl::StrCat("flag --dataset wants pictures, at least 8 pixels high, not '",
                                                   dataset_, "'; try --dataset=shapes"));
  }
  Tables tables;
  if (absl::Status status = MeasureStacks(progress, tables); !status.ok()) return status;
  if (absl::Status status = MeasureTrained(*data, progress, tables); !status.ok()) return status;
  return ExperimentResult{
      .metrics = std::move(tables.metrics),
      .summary = std::move(tables.summary),
      .seeds = seeds_,
      .datasets = {{dataset_, Fingerprint(data->train)}, {dataset_ + " (test)", Fingerprint(data->test)}},
      .files = {{"exponents.csv", tables.exponents.ToCsv()},
                {"maps.csv", tables.maps.ToCsv()},
                {"networks.csv", KnownFields().ToCsv()},
                {"trained.csv", tables.trained.ToCsv()}}};
}

}  // namespace dl
