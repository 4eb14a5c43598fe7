#include "modules/cnn/experiments/dropout.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "modules/cnn/experiments/ablation.h"
#include "modules/training/flag_checks.h"

namespace dl {

// What keeps the network from learning by heart.
struct DropoutStudy::Setting {
  std::string place;    // of dropout, or "none" or "weight decay"
  double strength = 0;  // rate of dropout, or decay
};

void DropoutStudy::AddFlags(FlagSet& flags) {
  flags.Add("places", &places_, "of dropout: inputs (of the dense layer), elements or maps (behind each convolution)");
  flags.Add("drops", &drops_, "rates of dropout");
  flags.Add("decays", &decays_, "strengths of weight decay");
  flags.Add("rates", &rates_, "learning rates, of which each gets its best");
  task_.AddFlags(flags);
}

void DropoutStudy::UseDemoSize() {
  drops_ = {0.3};
  decays_ = {3};
  rates_ = {0.01};
  task_.train_size = 300;
  task_.validation_size = 100;
  task_.test_size = 200;
  task_.epochs = 10;
  task_.seeds = {1, 2};
}

absl::Status DropoutStudy::CheckFlags() const {
  return FirstError({WantsSome("places", places_), WantsKnown("place", places_, {"inputs", "elements", "maps"}),
                     WantsPositive("drops", drops_), WantsFraction("drops", drops_), WantsPositive("decays", decays_),
                     WantsSome("rates", rates_), WantsPositive("rates", rates_), task_.CheckFlags()});
}

std::vector<DropoutStudy::Setting> DropoutStudy::Settings() const {
  std::vector<Setting> settings = {{"none"}};
  for (const std::string& place : places_) {
    for (double drop : drops_) settings.push_back({place, drop});
  }
  for (double decay : decays_) settings.push_back({"weight decay", decay});
  return settings;
}

Method DropoutStudy::MethodOf(const Setting& setting, const Dataset& train) const {
  StridedNetOptions net = NetFor(train);
  net.norm = Norm::kNone;
  const float drop = static_cast<float>(setting.strength);
  if (setting.place == "inputs") net.drop_inputs = drop;
  if (setting.place == "elements") net.drop_elements = drop;
  if (setting.place == "maps") net.drop_maps = drop;
  const double decay = setting.place == "weight decay" ? setting.strength : 0;
  return {.name = absl::StrCat("adam, ", setting.place, " ", setting.strength),
          .model =
              [net](uint64_t seed) {
                Random random(seed);
                return StridedNet(random, net);
              },
          .optimizer =
              [decay, steps = task_.Steps()](std::vector<Variable> parameters, double rate) {
                return Adam(std::move(parameters), {.rate = CosineDecay(rate, steps), .weight_decay = decay});
              },
          .train = task_.Training()};
}

absl::StatusOr<ExperimentResult> DropoutStudy::Run(Progress& progress) {
  if (absl::Status status = CheckFlags(); !status.ok()) return status;
  const absl::StatusOr<ImageData> data = task_.Load(data_dir_);
  if (!data.ok()) return data.status();
  const std::vector<Setting> settings = Settings();
  const int64_t parts = static_cast<int64_t>(settings.size() * (rates_.size() + 1));
  int64_t done = 0;
  const RateSearch search = {.rates = rates_, .seeds = task_.seeds, .on_part = [&](const std::string& part) {
                               progress.Part(part, done++, parts);
                             }};
  Ablation ablation({"place", "strength"});
  for (const Setting& setting : settings) {
    absl::Status status =
        ablation.Add({setting.place, setting.strength}, MethodOf(setting, data->train), *data, search);
    if (!status.ok()) return status;
  }
  return ablation.Result(*data, task_.seeds);
}

}  // namespace dl
