#include "modules/cnn/experiments/depth.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "datasets/batches.h"
#include "modules/backprop/gradients.h"
#include "modules/cnn/experiments/halved_images.h"
#include "modules/cnn/resnet.h"
#include "modules/optimizers/schedule.h"
#include "modules/primitives/norm.h"
#include "modules/training/flag_checks.h"
#include "modules/training/mean_cells.h"

namespace dl {
namespace {

constexpr double kMomentum = 0.9;
constexpr int64_t kDeepest = 1202;  // the paper's deepest
constexpr int64_t kGradientBatch = 100;
constexpr int64_t kLeastSide = 4;  // pixels, for three stages

const std::map<std::string, Shortcut>& Shortcuts() {
  static const std::map<std::string, Shortcut> shortcuts = {
      {"none", Shortcut::kNone}, {"padding", Shortcut::kPadding}, {"projection", Shortcut::kProjection}};
  return shortcuts;
}

// The test error that He et al. report for CIFAR-10 (table 6), with shortcuts that pad, full widths and whole images.
Cell PublishedError(int64_t depth, const std::string& shortcut) {
  static const std::map<int64_t, double> errors = {{20, 0.0875}, {32, 0.0751}, {44, 0.0717}, {56, 0.0697}};
  const auto published = errors.find(depth);
  return shortcut == "padding" && published != errors.end() ? Cell(published->second) : Cell("");
}

absl::Status WantsDepths(const std::vector<int64_t>& depths) {
  for (int64_t depth : depths) {
    if (depth % 6 != 2) {
      return absl::InvalidArgumentError(
          absl::StrCat("flag --depths wants numbers of the form 6 n + 2, as 20, 32, 44 and 56, not ", depth));
    }
  }
  return FirstError({WantsSome("depths", depths), WantsBetween("depths", depths, 8, kDeepest)});
}

absl::Status WantsNarrowerFirst(const std::vector<int64_t>& widths) {
  if (widths.size() == 3 && std::is_sorted(widths.begin(), widths.end())) return absl::OkStatus();
  return absl::InvalidArgumentError("flag --widths wants three numbers, none smaller than the one before");
}

// The root mean square of the loss's gradient by the weights of each convolution, first to last.
std::vector<double> GradientSizes(Sequential& model, const Batch& batch) {
  std::vector<Variable> weights = Weights(model);
  std::erase_if(weights, [](const Variable& w) { return w.shape().size() != 4; });
  Random random(1);
  const Variable logits = model.Forward(batch.inputs, {.training = true, .random = &random});
  std::vector<double> sizes;
  for (const Tensor& g : Gradients(CrossEntropy(logits, batch.labels), weights)) {
    sizes.push_back(std::sqrt(SumOfSquares(g) / static_cast<double>(NumElements(g.shape()))));
  }
  return sizes;
}

}  // namespace

struct Depth::Net {
  int64_t depth;
  std::string shortcut;
  ResNetOptions options;

  Sequential Make(uint64_t seed) const {
    Random random(seed);
    return ResNet(random, options);
  }
};

void Depth::AddFlags(FlagSet& flags) {
  flags.Add("depths", &depths_, "layers with weights, 6 n + 2");
  flags.Add("shortcuts", &shortcuts_, "around every two of them: none, padding, projection");
  flags.Add("widths", &widths_, "maps of the three stages");
  flags.Add("rates", &rates_, "learning rates, of which each network gets its best");
  flags.Add("halvings", &halvings_, "how often the images are halved first");
  task_.AddFlags(flags);
}

void Depth::UseDemoSize() {
  depths_ = {8, 32};
  rates_ = {0.03};
  halvings_ = 2;
  task_.train_size = 400;
  task_.test_size = 100;
  task_.epochs = 2;
  task_.seeds = {1, 2};
}

absl::Status Depth::CheckFlags() const {
  std::vector<std::string> known;
  for (const auto& [name, shortcut] : Shortcuts()) known.push_back(name);
  return FirstError({WantsDepths(depths_), WantsSome("shortcuts", shortcuts_),
                     WantsKnown("shortcut", shortcuts_, known), WantsBetween("widths", widths_, 1, kWidest),
                     WantsNarrowerFirst(widths_), WantsSome("rates", rates_), WantsPositive("rates", rates_),
                     WantsBetween("halvings", halvings_, 0, 10), task_.CheckFlags()});
}

absl::Status Depth::Halve(ImageData& data) const {
  const Shape shape = data.train.example_shape;
  if (std::min(shape[1], shape[2]) >> halvings_ < kLeastSide) {
    return absl::InvalidArgumentError(absl::StrCat("flag --halvings wants to leave images of ", kLeastSide, " by ",
                                                   kLeastSide, " pixels or more, and those of ", data.train.name,
                                                   " are ", shape[1], " by ", shape[2]));
  }
  for (int64_t i = 0; i < halvings_; ++i) {
    for (Dataset* images : {&data.train, &data.test}) *images = HalvedImages(*images);
  }
  return absl::OkStatus();
}

std::vector<Depth::Net> Depth::Nets(const Dataset& train) const {
  std::vector<Net> nets;
  for (int64_t depth : depths_) {
    for (const std::string& shortcut : shortcuts_) {
      ResNetOptions options = CifarResNet(depth, Shortcuts().at(shortcut));
      options.inputs = train.example_shape[0];
      options.classes = train.num_classes();
      options.widths = widths_;
      nets.push_back({depth, shortcut, options});
    }
  }
  return nets;
}

Method Depth::MethodOf(const Net& net) const {
  return {.name = absl::StrCat("depth ", net.depth, ", shortcuts ", net.shortcut),
          .model = [net](uint64_t seed) { return net.Make(seed); },
          .optimizer =
              [steps = task_.Steps()](std::vector<Variable> parameters, double rate) {
                return Sgd(std::move(parameters), {.rate = CosineDecay(rate, steps), .momentum = kMomentum});
              },
          .train = task_.Training()};
}

// One row a convolution; returns the spread of each seed's.
std::vector<double> Depth::AddGradients(const Net& net, const Dataset& train, Table& gradients) const {
  const BatchOptions options = {.batch_size = std::min(kGradientBatch, train.size()),
                                .normalization = ChannelNormalization(train)};
  const Batch batch = Batches::InOrder(train, options)[0];
  std::vector<std::vector<double>> of_seeds;
  std::vector<double> spreads;
  for (uint64_t seed : task_.seeds) {
    Sequential model = net.Make(seed);
    of_seeds.push_back(GradientSizes(model, batch));
    const auto [least, most] = std::minmax_element(of_seeds.back().begin(), of_seeds.back().end());
    spreads.push_back(*most / *least);
  }
  for (size_t layer = 0; layer < of_seeds[0].size(); ++layer) {
    std::vector<double> sizes;
    for (const std::vector<double>& of_seed : of_seeds) sizes.push_back(of_seed[layer]);
    std::vector<Cell> cells = {net.depth, net.shortcut, layer + 1};
    AppendMean(sizes, cells);
    cells.push_back(sizes.size());
    gradients.AddRow(std::move(cells));
  }
  return spreads;
}

absl::StatusOr<ExperimentResult> Depth::Run(Progress& progress) {
  if (absl::Status status = CheckFlags(); !status.ok()) return status;
  absl::StatusOr<ImageData> data = task_.Load(data_dir_);
  if (!data.ok()) return data.status();
  if (absl::Status status = Halve(*data); !status.ok()) return status;
  const std::vector<Net> nets = Nets(data->train);
  const int64_t parts = static_cast<int64_t>(nets.size() * (rates_.size() + 1));
  int64_t done = 0;
  const RateSearch search = {.rates = rates_, .seeds = task_.seeds, .on_part = [&](const std::string& part) {
                               progress.Part(part, done++, parts);
                             }};
  Ablation ablation({"depth", "shortcut"},
                    {"parameters", "gradient_spread_mean", "gradient_spread_std", "published_cifar10_error"});
  Table gradients({"depth", "shortcut", "layer", "gradient_mean", "gradient_std", "n"});
  for (const Net& net : nets) {
    const auto extra = [&](const Judgement&) {
      std::vector<Cell> cells = {ParameterCount(net.Make(1))};
      AppendMean(AddGradients(net, data->train, gradients), cells);
      cells.push_back(PublishedError(net.depth, net.shortcut));
      return cells;
    };
    absl::Status status = ablation.Add({net.depth, net.shortcut}, MethodOf(net), *data, search, extra);
    if (!status.ok()) return status;
  }
  absl::StatusOr<ExperimentResult> result = ablation.Result(*data, task_.seeds);
  if (result.ok()) result->files["gradients.csv"] = gradients.ToCsv();
  return result;
}

}  // namespace dl
