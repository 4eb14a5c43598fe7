#include "modules/cnn/experiments/pooling.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "modules/cnn/experiments/ablation.h"
#include "modules/cnn/experiments/halved_images.h"
#include "modules/cnn/experiments/pooled_net.h"
#include "modules/cnn/summary.h"
#include "modules/training/flag_checks.h"

namespace dl {

struct PoolingStudy::Setting {
  std::string pooling, head;
};

void PoolingStudy::AddFlags(FlagSet& flags) {
  flags.Add("poolings", &poolings_, "max, average (2x2); max3, average3 (3x3, overlapping); stride; blur");
  flags.Add("heads", &heads_, "flatten (all places of all maps) or global (the mean of each map)");
  flags.Add("rates", &rates_, "learning rates, of which each gets its best");
  task_.AddFlags(flags);
}

void PoolingStudy::UseDemoSize() {
  poolings_ = {"max", "average", "stride", "blur"};
  rates_ = {0.01};
  task_.train_size = 200;
  task_.validation_size = 50;
  task_.test_size = 100;
  task_.epochs = 3;
  task_.batch_size = 20;
  task_.seeds = {1, 2};
}

absl::Status PoolingStudy::CheckFlags() const {
  return FirstError({WantsSome("poolings", poolings_), WantsKnown("pooling", poolings_, PoolingNames()),
                     WantsSome("heads", heads_), WantsKnown("head", heads_, HeadNames()), WantsSome("rates", rates_),
                     WantsPositive("rates", rates_), task_.CheckFlags()});
}

Method PoolingStudy::MethodOf(const Setting& setting, const Dataset& train) const {
  const PooledNetOptions net = {.image = train.example_shape,
                                .classes = train.num_classes(),
                                .widths = {16, 32},
                                .pooling = setting.pooling,
                                .head = setting.head};
  return {.name = absl::StrCat("adam, pooling ", setting.pooling, ", head ", setting.head),
          .model =
              [net](uint64_t seed) {
                Random random(seed);
                return PooledNet(random, net);
              },
          .optimizer = [steps = task_.Steps()](
                           std::vector<Variable> parameters,
                           double rate) { return Adam(std::move(parameters), {.rate = CosineDecay(rate, steps)}); },
          .train = task_.Training()};
}

absl::StatusOr<ExperimentResult> PoolingStudy::Run(Progress& progress) {
  if (absl::Status status = CheckFlags(); !status.ok()) return status;
  absl::StatusOr<ImageData> data = task_.Load(data_dir_);
  if (!data.ok()) return data.status();
  if (absl::Status status = WantsHalvable(data->train); !status.ok()) return status;
  for (Dataset* images : {&data->train, &data->validation, &data->test}) *images = HalvedImages(*images);
  const int64_t parts = static_cast<int64_t>(poolings_.size() * heads_.size() * (rates_.size() + 1));
  int64_t done = 0;
  const RateSearch search = {.rates = rates_, .seeds = task_.seeds, .on_part = [&](const std::string& part) {
                               progress.Part(part, done++, parts);
                             }};
  Ablation ablation({"dataset", "pooling", "head"}, {"parameters", "multiply_adds"});
  for (const std::string& head : heads_) {
    for (const std::string& pooling : poolings_) {
      const Method method = MethodOf({pooling, head}, data->train);
      const auto extra = [&](const Judgement&) -> std::vector<Cell> {
        Sequential net = method.model(1);
        const LayerSummary total = Summary(net, data->train.example_shape).total;
        return {total.parameters, total.multiply_adds};
      };
      absl::Status status = ablation.Add({data->train.name, pooling, head}, method, *data, search, extra);
      if (!status.ok()) return status;
    }
  }
  return ablation.Result(*data, task_.seeds);
}

}  // namespace dl
