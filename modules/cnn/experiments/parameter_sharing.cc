#include "modules/cnn/experiments/parameter_sharing.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "modules/cnn/experiments/ablation.h"
#include "modules/cnn/experiments/halved_images.h"
#include "modules/cnn/experiments/pooled_net.h"
#include "modules/cnn/experiments/sharing_net.h"
#include "modules/cnn/summary.h"
#include "modules/training/flag_checks.h"

namespace dl {
namespace {

constexpr int64_t kWidestLocal = 64;  // 1.5 million weights, which the dense one of equal width multiplies by fifty

}  // namespace

struct ParameterSharing::Net {
  std::string equal;  // "width", "parameters", "both"
  SharingNetOptions options;

  Sequential Make(uint64_t seed) const {
    Random random(seed);
    return SharingNet(random, options);
  }
};

void ParameterSharing::AddFlags(FlagSet& flags) {
  flags.Add("width", &width_, "maps of the first of the locally connected layers");
  flags.Add("parts", &parts_, "of the training set: 4 for a quarter of it, gone over four times as often");
  flags.Add("rates", &rates_, "learning rates, of which each gets its best");
  task_.AddFlags(flags);
}

void ParameterSharing::UseDemoSize() {
  width_ = 4;
  parts_ = {4, 1};
  rates_ = {0.003};
  task_.train_size = 800;
  task_.validation_size = 50;
  task_.test_size = 200;
  task_.epochs = 2;
  task_.seeds = {1, 2};
}

absl::Status ParameterSharing::CheckFlags() const {
  // First, for what follows divides by the size of a batch.
  if (absl::Status status = task_.CheckFlags(); !status.ok()) return status;
  return FirstError({WantsBetween("width", width_, 1, kWidestLocal), WantsSome("parts", parts_),
                     WantsBetween("parts", parts_, 1, task_.train_size / task_.batch_size, "train_size / batch_size"),
                     WantsSome("rates", rates_), WantsPositive("rates", rates_)});
}

absl::Status ParameterSharing::Halve(ImageData& data) const {
  if (absl::Status status = WantsHalvable(data.train); !status.ok()) return status;
  for (Dataset* images : {&data.train, &data.validation, &data.test}) *images = HalvedImages(*images);
  return absl::OkStatus();
}

std::vector<ParameterSharing::Net> ParameterSharing::Nets(const Dataset& train) const {
  const SharingNetOptions local = {
      .image = train.example_shape, .classes = train.num_classes(), .kind = "local", .width = width_};
  const int64_t parameters = ParameterCount(Net{"both", local}.Make(1));
  SharingNetOptions convolution = local, dense = local;
  convolution.kind = "convolution";
  dense.kind = "dense";
  dense.width = DenseWidth(width_, train.example_shape[1]);
  std::vector<Net> nets = {{"both", local}, {"width", convolution}, {"width", dense}};
  convolution.width = WidthOfParameters(convolution, parameters);
  dense.width = WidthOfParameters(dense, parameters);
  nets.insert(nets.end(), {{"parameters", convolution}, {"parameters", dense}});
  return nets;
}

Method ParameterSharing::MethodOf(const Net& net, int64_t part) const {
  TrainOptions training = task_.Training();
  training.epochs *= part;
  const int64_t steps = training.epochs * (task_.train_size / part / training.batch_size);
  return {.name = absl::StrCat("adam, ", net.options.kind, " of width ", net.options.width, ", ",
                               task_.train_size / part, " examples"),
          .model = [net](uint64_t seed) { return net.Make(seed); },
          .optimizer = [steps](std::vector<Variable> parameters,
                               double rate) { return Adam(std::move(parameters), {.rate = CosineDecay(rate, steps)}); },
          .train = training};
}

absl::StatusOr<ExperimentResult> ParameterSharing::Run(Progress& progress) {
  if (absl::Status status = CheckFlags(); !status.ok()) return status;
  absl::StatusOr<ImageData> data = task_.Load(data_dir_);
  if (!data.ok()) return data.status();
  if (absl::Status status = Halve(*data); !status.ok()) return status;
  const std::vector<Net> nets = Nets(data->train);
  const int64_t all = static_cast<int64_t>(parts_.size() * nets.size() * (rates_.size() + 1));
  int64_t done = 0;
  const RateSearch search = {.rates = rates_, .seeds = task_.seeds, .on_part = [&](const std::string& part) {
                               progress.Part(part, done++, all);
                             }};
  Ablation ablation({"dataset", "network", "equal", "train_size"}, {"width", "parameters", "multiply_adds"});
  for (int64_t part : parts_) {
    ImageData some = *data;
    some.train = FirstExamples(std::move(some.train), task_.train_size / part);
    for (const Net& net : nets) {
      const auto extra = [&](const Judgement&) -> std::vector<Cell> {
        Sequential model = net.Make(1);
        const LayerSummary total = Summary(model, net.options.image).total;
        return {net.options.width, total.parameters, total.multiply_adds};
      };
      absl::Status status = ablation.Add({some.train.name, net.options.kind, net.equal, some.train.size()},
                                         MethodOf(net, part), some, search, extra);
      if (!status.ok()) return status;
    }
  }
  return ablation.Result(*data, task_.seeds);
}

}  // namespace dl
