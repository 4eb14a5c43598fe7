#include "modules/cnn/experiments/weight_decay.h"

#include <cmath>
#include <map>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "modules/cnn/experiments/ablation.h"
#include "modules/primitives/norm.h"
#include "modules/training/flag_checks.h"
#include "modules/training/mean_cells.h"

namespace dl {
namespace {

constexpr double kMomentum = 0.9;

bool IsConvolution(const Variable& parameter) { return parameter.shape().size() == 4; }

// Of the convolutions' weights, as one vector.
double ConvolutionsNorm(const Layer& model) {
  double sum = 0;
  for (const Variable& w : Variables(model)) sum += IsConvolution(w) ? SumOfSquares(w.value()) : 0;
  return std::sqrt(sum);
}

// Means and deviations of norms, and of the effective rates at them. The gradient is as much shorter as the weights are
// longer; Adam's steps are as long all the same.
void AppendNorms(const std::vector<double>& norms, const std::string& optimizer, double rate,
                 std::vector<Cell>& cells) {
  std::vector<double> effective_rates;
  for (double norm : norms) effective_rates.push_back(rate / (optimizer == "adamw" ? norm : norm * norm));
  AppendMean(norms, cells);
  AppendMean(effective_rates, cells);
}

// Momentum at a constant rate, with L2 regularisation of the convolutions, of the other parameters, or of both.
std::unique_ptr<Optimizer> MomentumWithDecay(const std::vector<Variable>& parameters, double rate,
                                             double convolutions_decay, double others_decay) {
  std::vector<Variable> convolutions, others;
  for (const Variable& p : parameters) (IsConvolution(p) ? convolutions : others).push_back(p);
  std::vector<std::unique_ptr<Optimizer>> groups;
  groups.push_back(Sgd(std::move(convolutions),
                       {.rate = Constant(rate), .momentum = kMomentum, .weight_decay = convolutions_decay}));
  groups.push_back(
      Sgd(std::move(others), {.rate = Constant(rate), .momentum = kMomentum, .weight_decay = others_decay}));
  return std::make_unique<ParameterGroups>(std::move(groups));
}

}  // namespace

struct ConvWeightDecay::Setting {
  std::string optimizer, scope;  // "momentum" or "adamw"; what decays
  double decay = 0;
};

void ConvWeightDecay::AddFlags(FlagSet& flags) {
  flags.Add("scopes", &scopes_, "what momentum's decay takes hold of: all, convolutions, others");
  flags.Add("decays", &decays_, "strengths of L2 regularisation, for momentum");
  flags.Add("rates", &rates_, "learning rates for momentum, of which each setting gets its best");
  flags.Add("adamw_decays", &adamw_decays_, "strengths of AdamW's decay; none leaves AdamW out");
  flags.Add("adamw_rates", &adamw_rates_, "learning rates for AdamW");
  task_.AddFlags(flags);
}

void ConvWeightDecay::UseDemoSize() {
  scopes_ = {"all", "convolutions"};
  decays_ = {0.03};
  rates_ = {0.03};
  adamw_decays_ = {1};
  adamw_rates_ = {0.01};
  task_.train_size = 400;
  task_.validation_size = 100;
  task_.test_size = 200;
  task_.epochs = 6;
  task_.seeds = {1, 2};
}

absl::Status ConvWeightDecay::CheckFlags() const {
  return FirstError({WantsKnown("scope", scopes_, {"all", "convolutions", "others"}), WantsPositive("decays", decays_),
                     WantsSome("rates", rates_), WantsPositive("rates", rates_),
                     WantsPositive("adamw_decays", adamw_decays_), WantsSome("adamw_rates", adamw_rates_),
                     WantsPositive("adamw_rates", adamw_rates_), task_.CheckFlags()});
}

std::vector<ConvWeightDecay::Setting> ConvWeightDecay::Settings() const {
  std::vector<Setting> settings = {{"momentum", "none"}};
  for (const std::string& scope : scopes_) {
    for (double decay : decays_) settings.push_back({"momentum", scope, decay});
  }
  if (!adamw_decays_.empty()) settings.push_back({"adamw", "none"});
  for (double decay : adamw_decays_) settings.push_back({"adamw", "all", decay});
  return settings;
}

Method ConvWeightDecay::MethodOf(const Setting& setting, const Dataset& train) const {
  const auto optimizer = [setting](std::vector<Variable> parameters, double rate) {
    if (setting.optimizer == "adamw") {
      return Adam(std::move(parameters), {.rate = Constant(rate), .weight_decay = setting.decay});
    }
    return MomentumWithDecay(parameters, rate, setting.scope == "others" ? 0 : setting.decay,
                             setting.scope == "convolutions" ? 0 : setting.decay);
  };
  return {.name = absl::StrCat(setting.optimizer, ", decay of ", setting.scope, " ", setting.decay),
          .model =
              [net = NetFor(train)](uint64_t seed) {
                Random random(seed);
                return StridedNet(random, net);
              },
          .optimizer = optimizer,
          .train = task_.Training()};
}

absl::StatusOr<ExperimentResult> ConvWeightDecay::Run(Progress& progress) {
  if (absl::Status status = CheckFlags(); !status.ok()) return status;
  const absl::StatusOr<ImageData> data = task_.Load(data_dir_);
  if (!data.ok()) return data.status();
  const std::vector<Setting> settings = Settings();
  int64_t parts = 0, done = 0;
  for (const Setting& s : settings) parts += (s.optimizer == "adamw" ? adamw_rates_ : rates_).size() + 1;
  Ablation ablation({"optimizer", "scope", "decay"},
                    {"weight_norm_mean", "weight_norm_std", "effective_rate_mean", "effective_rate_std"});
  Table norms({"optimizer", "scope", "decay", "learning_rate", "epoch", "weight_norm_mean", "weight_norm_std",
               "effective_rate_mean", "effective_rate_std", "n"});
  for (const Setting& setting : settings) {
    std::map<int64_t, std::vector<double>> norms_after;  // each epoch, in the order of the seeds
    const RateSearch search = {
        .rates = setting.optimizer == "adamw" ? adamw_rates_ : rates_,
        .seeds = task_.seeds,
        .on_part = [&](const std::string& part) { progress.Part(part, done++, parts); },
        .look = [&](Sequential& model, uint64_t,
                    const EpochMetrics& epoch) { norms_after[epoch.epoch].push_back(ConvolutionsNorm(model)); }};
    const auto extra = [&](const Judgement& judgement) {
      for (const auto& [epoch, lengths] : norms_after) {
        const double rate = judgement.of_rates[*judgement.chosen].rate;
        std::vector<Cell> cells = {setting.optimizer, setting.scope, setting.decay, rate, epoch};
        AppendNorms(lengths, setting.optimizer, rate, cells);
        cells.push_back(lengths.size());
        norms.AddRow(std::move(cells));
      }
      std::vector<Cell> cells;
      const bool any = judgement.chosen.has_value();
      AppendNorms(any ? norms_after[task_.epochs] : std::vector<double>(), setting.optimizer,
                  any ? judgement.of_rates[*judgement.chosen].rate : 0, cells);
      return cells;
    };
    absl::Status status = ablation.Add({setting.optimizer, setting.scope, setting.decay},
                                       MethodOf(setting, data->train), *data, search, extra);
    if (!status.ok()) return status;
  }
  absl::StatusOr<ExperimentResult> result = ablation.Result(*data, task_.seeds);
  if (result.ok()) result->files["norms.csv"] = norms.ToCsv();
  return result;
}

}  // namespace dl
