#include "modules/cnn/experiments/translation.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "datasets/augmentation.h"
#include "datasets/batches.h"
#include "modules/backprop/mlp.h"
#include "modules/cnn/experiments/ablation.h"
#include "modules/cnn/experiments/halved_images.h"
#include "modules/cnn/experiments/placed_images.h"
#include "modules/cnn/experiments/pooled_net.h"
#include "modules/cnn/experiments/shift_response.h"
#include "modules/training/flag_checks.h"
#include "modules/training/mean_cells.h"
#include "modules/training/predictions.h"
#include "modules/training/statistics.h"

namespace dl {
namespace {

constexpr int64_t kCanvas = 32;     // pixels a side
constexpr int64_t kFarthest = 8;    // a quarter of it: as far as EquivarianceError looks
constexpr int64_t kMapImages = 50;  // whose maps are compared

std::vector<std::string> NetworkNames() {
  std::vector<std::string> names = PoolingNames();
  names.insert(names.begin(), "mlp");
  return names;
}

struct Stage {
  int64_t stride;  // pixels a place of its maps
  Tensor maps;
};

std::vector<Stage> StagesOf(Sequential& model, const Tensor& images) {
  const std::vector<Variable> outputs = model.Outputs(Variable(images), {});
  const std::vector<NamedLayer> layers = model.Children();
  std::vector<Stage> stages;
  for (size_t i = 0; i < layers.size(); ++i) {
    if (!layers[i].name.starts_with("stage")) continue;
    const Tensor& maps = outputs[i].value();
    stages.push_back({kCanvas / maps.shape()[3], maps});
  }
  return stages;
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

// The test images at every displacement.
struct Translation::Shifts {
  Shifts(const Dataset& test, const Dataset& train, int64_t farthest) : normalization(ChannelNormalization(train)) {
    for (int64_t d = -farthest; d <= farthest; ++d) {
      displacements.push_back(d);
      tests.push_back(PlacedImages(test, kCanvas, 0, d));
      if (d < 0) continue;
      const BatchOptions options = {.batch_size = std::min(kMapImages, test.size()), .normalization = normalization};
      batches.push_back(Batches::InOrder(tests.back(), options)[0].inputs);
    }
  }

  Normalization normalization;
  std::vector<int64_t> displacements;  // -farthest, ..., farthest
  std::vector<Dataset> tests;          // one each
  std::vector<Tensor> batches;         // at 0, ..., farthest
};

struct Translation::Tables {
  Ablation ablation{{"network", "head", "augmentation"},
                    {"parameters", "shifted_accuracy_mean", "shifted_accuracy_std", "consistency_mean",
                     "consistency_std", "step_consistency_mean", "step_consistency_std"}};
  Table displacements{{"network", "head", "augmentation", "displacement", "accuracy_mean", "accuracy_std",
                       "agreement_mean", "agreement_std", "n"}};
  Table equivariance{{"network", "head", "augmentation", "stride", "displacement", "error_mean", "error_std", "n"}};
};

// What trained models of one setting do when images move: one number a seed.
struct Translation::Responses {
  // Looks at one more model. Errors are Predict's.
  absl::Status Measure(Sequential& model, const Shifts& shifts);
  void AddTo(const std::vector<Cell>& setting, const Shifts& shifts, Tables& tables) const;

  std::vector<double> shifted_accuracy, consistency, step_consistency;
  std::map<int64_t, std::vector<double>> accuracies, agreements;           // by displacement
  std::map<std::pair<int64_t, int64_t>, std::vector<double>> errors = {};  // by stride and displacement
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

absl::Status Translation::Responses::Measure(Sequential& model, const Shifts& shifts) {
  std::vector<std::vector<int64_t>> answers;
  for (const Dataset& test : shifts.tests) {
    absl::StatusOr<Predictions> predictions = Predict(model, test, shifts.normalization);
    if (!predictions.ok()) return predictions.status();
    answers.push_back(PredictedClasses(*predictions));
  }
  const std::vector<int64_t> truth(shifts.tests[0].labels.begin(), shifts.tests[0].labels.end());
  const std::vector<int64_t>& in_the_middle = answers[answers.size() / 2];
  std::vector<double> right, same_a_step_on;
  for (size_t i = 0; i < answers.size(); ++i) {
    right.push_back(Agreement(answers[i], truth));
    if (i > 0) same_a_step_on.push_back(Agreement(answers[i - 1], answers[i]));
    accuracies[shifts.displacements[i]].push_back(right.back());
    agreements[shifts.displacements[i]].push_back(Agreement(answers[i], in_the_middle));
  }
  shifted_accuracy.push_back(Mean(right));
  consistency.push_back(ShiftConsistency(answers));
  step_consistency.push_back(Mean(same_a_step_on));
  const std::vector<Stage> still = StagesOf(model, shifts.batches[0]);
  for (size_t d = 1; d < shifts.batches.size() && !still.empty(); ++d) {
    const std::vector<Stage> moved = StagesOf(model, shifts.batches[d]);
    for (size_t s = 0; s < still.size(); ++s) {
      const double places = static_cast<double>(d) / static_cast<double>(still[s].stride);
      errors[{still[s].stride, d}].push_back(EquivarianceError(still[s].maps, moved[s].maps, places));
    }
  }
  return absl::OkStatus();
}

// Empty cells where every rate diverged.
void Translation::Responses::AddTo(const std::vector<Cell>& setting, const Shifts& shifts, Tables& tables) const {
  for (int64_t displacement : shifts.displacements) {
    const auto of = [&](const auto& numbers) {
      const auto found = numbers.find(displacement);
      return found == numbers.end() ? std::vector<double>() : found->second;
    };
    std::vector<Cell> cells = setting;
    cells.push_back(displacement);
    AppendMean(of(accuracies), cells);
    AppendMean(of(agreements), cells);
    cells.push_back(of(accuracies).size());
    tables.displacements.AddRow(std::move(cells));
  }
  for (const auto& [where, of_seeds] : errors) {
    std::vector<Cell> cells = setting;
    cells.insert(cells.end(), {where.first, where.second});
    AppendMean(of_seeds, cells);
    cells.push_back(of_seeds.size());
    tables.equivariance.AddRow(std::move(cells));
  }
}

absl::Status Translation::Add(const Setting& setting, const ImageData& data, const Shifts& shifts, RateSearch search,
                              Tables& tables) const {
  Responses responses;
  absl::Status measured;
  search.look = [&](Sequential& model, uint64_t, const EpochMetrics& epoch) {
    if (epoch.epoch == task_.epochs) measured.Update(responses.Measure(model, shifts));
  };
  const Method method = MethodOf(setting, data.train);
  const auto extra = [&](const Judgement&) {
    std::vector<Cell> cells = {ParameterCount(method.model(1))};
    AppendMean(responses.shifted_accuracy, cells);
    AppendMean(responses.consistency, cells);
    AppendMean(responses.step_consistency, cells);
    return cells;
  };
  absl::Status status = tables.ablation.Add(setting.Cells(), method, data, search, extra);
  status.Update(measured);
  if (status.ok()) responses.AddTo(setting.Cells(), shifts, tables);
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
  const Shifts shifts(test, data->train, farthest_);
  const std::vector<Setting> settings = Settings();
  const int64_t parts = static_cast<int64_t>(settings.size() * (rates_.size() + 1));
  int64_t done = 0;
  const RateSearch search = {.rates = rates_, .seeds = task_.seeds, .on_part = [&](const std::string& part) {
                               progress.Part(part, done++, parts);
                             }};
  Tables tables;
  for (const Setting& setting : settings) {
    absl::Status status = Add(setting, *data, shifts, search, tables);
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
