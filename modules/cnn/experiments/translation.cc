#include "modules/cnn/experiments/translation.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "datasets/augmentation.h"
#include "modules/backprop/mlp.h"
#include "modules/cnn/experiments/ablation.h"
#include "modules/cnn/experiments/halved_images.h"
#include "modules/cnn/experiments/placed_images.h"
#include "modules/cnn/experiments/pooled_net.h"
#include "modules/cnn/experiments/shift_study.h"
#include "modules/training/flag_checks.h"
#include "modules/training/mean_cells.h"

namespace dl {
namespace {

constexpr int64_t kCanvas = 32;   // pixels a side
constexpr int64_t kFarthest = 8;  // a quarter of it: as far as EquivarianceError looks

std::vector<std::string> NetworkNames() {
  std::vector<std::string> names = PoolingNames();
  names.insert(names.begin(), "mlp");
  return names;
}

// What antialiased-cnns' README says of networks on ImageNet's 224x224 pixels, its images cropped at two random places.
Table Published() {
  Table table({"network", "pooling", "accuracy", "consistency", "source"});
  table.AddRow({"ResNet-18", "max, stride", 0.6974, 0.8511, "antialiased-cnns, ImageNet"});
  table.AddRow({"ResNet-18", "blur (5x5)", 0.7138, 0.8825, "antialiased-cnns, ImageNet"});
  table.AddRow({"VGG-16", "max", "", 0.8852, "antialiased-cnns, ImageNet"});
  table.AddRow({"VGG-16", "blur (5x5)", "", 0.9019, "antialiased-cnns, ImageNet"});
  return table;
}

}  // namespace

struct Translation::Setting {
  std::string network, head, augmentation;

  std::vector<Cell> Cells() const { return {network, head, augmentation}; }
};

struct Translation::Tables {
  Ablation ablation{{"network", "head", "augmentation"},
                    {"parameters", "shifted_accuracy_mean", "shifted_accuracy_std", "consistency_mean",
                     "consistency_std", "step_consistency_mean", "step_consistency_std"}};
  Table displacements{{"network", "head", "augmentation", "displacement", "accuracy_mean", "accuracy_std",
                       "agreement_mean", "agreement_std", "n"}};
  Table equivariance{{"network", "head", "augmentation", "stride", "displacement", "error_mean", "error_std", "n"}};

  void Add(const std::vector<Cell>& setting, const ShiftStudy& study, const ShiftedImages& images);
};

void Translation::AddFlags(FlagSet& flags) {
  flags.Add("networks", &networks_, "mlp, or the pooling of a CNN: max, max3, average, average3, stride, blur");
  flags.Add("heads", &heads_, "of the CNNs: flatten (all places of all maps), global (the mean of each map)");
  flags.Add("augmented", &augmented_, "networks that, with the head flatten, learn from moved images too");
  flags.Add("hidden", &hidden_, "units of the perceptron's hidden layer");
  flags.Add("farthest", &farthest_, "the largest displacement, in pixels of 32");
  flags.Add("rates", &rates_, "learning rates, of which each gets its best");
  task_.AddFlags(flags);
}

void Translation::UseDemoSize() {
  networks_ = {"mlp", "max", "stride", "blur"};
  augmented_ = {"max"};
  rates_ = {0.01};
  task_.train_size = 200;
  task_.validation_size = 20;
  task_.test_size = 50;
  task_.epochs = 4;
  task_.batch_size = 20;
  task_.seeds = {1};
}

absl::Status Translation::CheckFlags() const {
  return FirstError({WantsSome("networks", networks_), WantsKnown("network", networks_, NetworkNames()),
                     WantsSome("heads", heads_), WantsKnown("head", heads_, HeadNames()),
                     WantsKnown("network", augmented_, NetworkNames()), WantsBetween("hidden", hidden_, 1, kWidest),
                     WantsBetween("farthest", farthest_, 1, kFarthest), WantsSome("rates", rates_),
                     WantsPositive("rates", rates_), task_.CheckFlags()});
}

// That they are inside the canvas, halved, wherever they go.
absl::Status Translation::CheckImages(const Dataset& images) const {
  const int64_t height = images.example_shape[1], width = images.example_shape[2];
  const int64_t most = 2 * (kCanvas - 2 * farthest_);
  if (std::min(height, width) >= 2 && std::max(height, width) <= most) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("flag --dataset wants images of 2 by 2 to ", most, " by ", most,
                                                 " pixels, and those of ", images.name, " are ", height, " by ", width,
                                                 ": take glyphs or fashion-mnist"));
}

std::vector<Translation::Setting> Translation::Settings() const {
  std::vector<Setting> settings;
  for (const std::string& network : networks_) {
    if (network == "mlp") settings.push_back({network, "flatten", "none"});
  }
  for (const std::string& head : heads_) {
    for (const std::string& network : networks_) {
      if (network != "mlp") settings.push_back({network, head, "none"});
    }
  }
  for (const std::string& network : augmented_) {
    settings.push_back({network, "flatten", absl::StrCat("crop:", farthest_)});
  }
  return settings;
}

Method Translation::MethodOf(const Setting& setting, const Dataset& train) const {
  TrainOptions training = task_.Training();
  training.augmentation = *ParseAugmentation(setting.augmentation);
  const PooledNetOptions net = {
      .image = train.example_shape, .classes = train.num_classes(), .pooling = setting.network, .head = setting.head};
  return {
      .name = absl::StrCat("adam, ", setting.network, ", head ", setting.head, ", augmentation ", setting.augmentation),
      .model =
          [net, hidden = hidden_](uint64_t seed) {
            Random random(seed);
            if (net.pooling != "mlp") return PooledNet(random, net);
            return Mlp({NumElements(net.image), hidden, net.classes}, Elementwise::kReLU, random);
          },
      .optimizer = [steps = task_.Steps()](
                       std::vector<Variable> parameters,
                       double rate) { return Adam(std::move(parameters), {.rate = CosineDecay(rate, steps)}); },
      .train = training};
}

// Empty cells where every rate diverged.
void Translation::Tables::Add(const std::vector<Cell>& setting, const ShiftStudy& study, const ShiftedImages& images) {
  for (int64_t displacement : images.displacements) {
    const auto of = [&](const auto& numbers) {
      const auto found = numbers.find(displacement);
      return found == numbers.end() ? std::vector<double>() : found->second;
    };
    std::vector<Cell> cells = setting;
    cells.push_back(displacement);
    AppendMean(of(study.accuracies), cells);
    AppendMean(of(study.agreements), cells);
    cells.push_back(of(study.accuracies).size());
    displacements.AddRow(std::move(cells));
  }
  for (const auto& [where, of_seeds] : study.errors) {
    std::vector<Cell> cells = setting;
    cells.insert(cells.end(), {where.first, where.second});
    AppendMean(of_seeds, cells);
    cells.push_back(of_seeds.size());
    equivariance.AddRow(std::move(cells));
  }
}

absl::Status Translation::Add(const Setting& setting, const ImageData& data, const ShiftedImages& images,
                              RateSearch search, Tables& tables) const {
  ShiftStudy study;
  absl::Status measured;
  search.look = [&](Sequential& model, uint64_t, const EpochMetrics& epoch) {
    if (epoch.epoch == task_.epochs) measured.Update(study.Add(model, images));
  };
  const Method method = MethodOf(setting, data.train);
  const auto extra = [&](const Judgement&) {
    std::vector<Cell> cells = {ParameterCount(method.model(1))};
    AppendMean(study.shifted_accuracy, cells);
    AppendMean(study.consistency, cells);
    AppendMean(study.step_consistency, cells);
    return cells;
  };
  absl::Status status = tables.ablation.Add(setting.Cells(), method, data, search, extra);
  status.Update(measured);
  if (status.ok()) tables.Add(setting.Cells(), study, images);
  return status;
}

absl::StatusOr<ExperimentResult> Translation::Run(Progress& progress) {
  if (absl::Status status = CheckFlags(); !status.ok()) return status;
  absl::StatusOr<ImageData> data = task_.Load(data_dir_);
  if (!data.ok()) return data.status();
  if (absl::Status status = CheckImages(data->train); !status.ok()) return status;
  for (Dataset* images : {&data->train, &data->validation, &data->test}) *images = HalvedImages(*images);
  const Dataset test = data->test;
  for (Dataset* images : {&data->train, &data->validation, &data->test}) *images = PlacedImages(*images, kCanvas, 0, 0);
  const ShiftedImages images(test, ChannelNormalization(data->train), kCanvas, farthest_);
  const std::vector<Setting> settings = Settings();
  const int64_t parts = static_cast<int64_t>(settings.size() * (rates_.size() + 1));
  int64_t done = 0;
  const RateSearch search = {.rates = rates_, .seeds = task_.seeds, .on_part = [&](const std::string& part) {
                               progress.Part(part, done++, parts);
                             }};
  Tables tables;
  for (const Setting& setting : settings) {
    absl::Status status = Add(setting, *data, images, search, tables);
    if (!status.ok()) return status;
  }
  absl::StatusOr<ExperimentResult> result = tables.ablation.Result(*data, task_.seeds);
  if (!result.ok()) return result;
  result->files["displacements.csv"] = tables.displacements.ToCsv();
  result->files["equivariance.csv"] = tables.equivariance.ToCsv();
  result->files["published.csv"] = Published().ToCsv();
  return result;
}

}  // namespace dl
