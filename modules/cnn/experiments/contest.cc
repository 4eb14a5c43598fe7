#include "modules/cnn/experiments/contest.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "datasets/catalog.h"
#include "modules/cnn/commands/trained_network.h"
#include "modules/cnn/commands/training_setup.h"
#include "modules/cnn/summary.h"
#include "modules/training/evaluation_tables.h"
#include "modules/training/flag_checks.h"
#include "modules/training/mcnemar.h"
#include "modules/training/mean_cells.h"

namespace dl {
namespace {

struct ContestRun {
  std::vector<EpochMetrics> epochs;
  Predictions predictions;
};

struct Entry {
  const Contestant* contestant;
  int64_t parameters = 0, multiply_adds = 0;         // the latter of an image's forward pass
  std::vector<std::optional<ContestRun>> runs = {};  // one a seed; none where it diverged

  const std::string& name() const { return contestant->name; }
};

absl::StatusOr<Sequential> NetworkFor(const Contestant& contestant, const NetworkRecord& record, const Dataset& train) {
  if (!contestant.make) return NetworkOf(record.settings, train, record.normalization);
  Random random(record.settings.seed);
  return contestant.make(record.image, record.num_classes(), random);
}

// One training and its test; fills in what the network itself says of the entry.
absl::StatusOr<ContestRun> TrainOnce(uint64_t seed, const TrainTest& data, Entry& entry, Progress& progress) {
  TrainSettings settings = entry.contestant->settings;
  settings.seed = seed;
  const NetworkRecord record = MakeRecord(settings, data.train);
  absl::StatusOr<Sequential> net = NetworkFor(*entry.contestant, record, data.train);
  if (!net.ok()) return net.status();
  const LayerSummary total = Summary(*net, record.image).total;
  entry.parameters = total.parameters;
  entry.multiply_adds = total.multiply_adds;
  const auto optimizer = OptimizerOf(settings, *net, data.train.size());
  if (!optimizer.ok()) return optimizer.status();
  TrainOptions options = TrainOptionsOf(settings);
  options.name = absl::StrCat(data.train.name, " ", entry.name(), " seed ", seed);
  auto epochs = TrainClassifier(*net, **optimizer, data, options, progress);
  if (!epochs.ok()) return epochs.status();
  auto predictions = PredictAs(record, *net, data.test);
  if (!predictions.ok()) return predictions.status();
  return ContestRun{*std::move(epochs), *std::move(predictions)};
}

Table MetricsOf(const std::vector<Entry>& entries, const std::string& dataset, const std::vector<uint64_t>& seeds) {
  Table table({"dataset", "network", "seed", "epoch", "train_loss", "train_accuracy", "test_loss", "test_accuracy"});
  for (const Entry& entry : entries) {
    for (size_t i = 0; i < entry.runs.size(); ++i) {
      if (!entry.runs[i]) continue;
      for (const EpochMetrics& e : entry.runs[i]->epochs) {
        table.AddRow(
            {dataset, entry.name(), seeds[i], e.epoch, e.train.loss, e.train.accuracy, e.test.loss, e.test.accuracy});
      }
    }
  }
  return table;
}

Table SummaryOf(const std::vector<Entry>& entries, const TrainTest& data, bool as_published) {
  Table table({"dataset", "network", "parameters", "mega_multiply_adds", "optimizer", "rate", "batch_size", "epochs",
               "examples_seen", "n", "test_accuracy_mean", "test_accuracy_std", "ece_mean", "ece_std",
               "published_accuracy", "published_as"});
  for (const Entry& entry : entries) {
    const TrainSettings& s = entry.contestant->settings;
    std::vector<double> accuracies, errors;
    for (const auto& run : entry.runs) {
      if (!run) continue;
      const TestScores scores = ScoreTest(run->predictions);
      accuracies.push_back(scores.top1.share);
      errors.push_back(scores.ece);
    }
    const int64_t seen = s.epochs * (data.train.size() / s.batch_size) * s.batch_size;
    std::vector<Cell> row = {data.train.name,
                             entry.name(),
                             entry.parameters,
                             static_cast<double>(entry.multiply_adds) / 1e6,
                             s.optimizer,
                             s.rate,
                             s.batch_size,
                             s.epochs,
                             seen,
                             accuracies.size()};
    AppendMean(accuracies, row);
    AppendMean(errors, row);
    row.push_back(as_published ? entry.contestant->published : "");
    row.push_back(as_published ? entry.contestant->published_as : "");
    table.AddRow(std::move(row));
  }
  return table;
}

// The entries that finished their first run, the most accurate first.
std::vector<const Entry*> Ranked(const std::vector<Entry>& entries) {
  std::vector<const Entry*> ranked;
  for (const Entry& entry : entries) {
    if (entry.runs[0]) ranked.push_back(&entry);
  }
  const auto correct = [](const Entry* entry) { return TopAccuracy(entry->runs[0]->predictions).correct; };
  std::stable_sort(ranked.begin(), ranked.end(),
                   [&](const Entry* a, const Entry* b) { return correct(a) > correct(b); });
  return ranked;
}

Table EvaluationOf(const std::vector<const Entry*>& ranked) {
  std::vector<std::string> columns = {"network"};
  const Table first = TabulateEvaluation(ranked[0]->runs[0]->predictions).summary;
  columns.insert(columns.end(), first.columns().begin(), first.columns().end());
  Table table(columns);
  for (const Entry* entry : ranked) {
    std::vector<Cell> row = {entry->name()};
    const Table scores = TabulateEvaluation(entry->runs[0]->predictions).summary;
    row.insert(row.end(), scores.rows()[0].begin(), scores.rows()[0].end());
    table.AddRow(std::move(row));
  }
  return table;
}

// Each network against each that is less accurate; of a single one, a row without the other.
Table McNemarOf(const std::vector<const Entry*>& ranked) {
  Table table({"better", "worse", "only_better_right", "only_worse_right", "p_value"});
  for (size_t i = 0; i < ranked.size(); ++i) {
    for (size_t j = i + 1; j < ranked.size(); ++j) {
      const McNemarResult r = McNemarTest(ranked[i]->runs[0]->predictions, ranked[j]->runs[0]->predictions);
      table.AddRow({ranked[i]->name(), ranked[j]->name(), r.only_first, r.only_second, r.p_value});
    }
  }
  if (ranked.size() == 1) table.AddRow({ranked[0]->name(), "", "", "", ""});
  return table;
}

}  // namespace

absl::StatusOr<ExperimentResult> HoldContest(const std::vector<Contestant>& contestants, const TrainTest& data,
                                             const ContestOptions& options, Progress& progress) {
  std::vector<Entry> entries;
  absl::Status divergence;
  for (const Contestant& contestant : contestants) {
    Entry& entry = entries.emplace_back(Entry{&contestant});
    for (uint64_t seed : options.seeds) {
      absl::StatusOr<ContestRun> run = TrainOnce(seed, data, entry, progress);
      if (!run.ok() && !absl::IsAborted(run.status())) return run.status();
      divergence.Update(run.status());
      entry.runs.push_back(run.ok() ? std::optional(*std::move(run)) : std::nullopt);
    }
  }
  const std::vector<const Entry*> ranked = Ranked(entries);
  if (ranked.empty()) return divergence;
  ExperimentResult result = {
      .metrics = MetricsOf(entries, data.train.name, options.seeds),
      .summary = SummaryOf(entries, data, options.as_published),
      .seeds = options.seeds,
      .datasets = {{data.train.name, Fingerprint(data.train)}, {data.test.name + " (test)", Fingerprint(data.test)}},
      .files = EvaluationFiles(ranked[0]->runs[0]->predictions, data.test)};
  result.files["evaluation.csv"] = EvaluationOf(ranked).ToCsv();
  result.files["mcnemar.csv"] = McNemarOf(ranked).ToCsv();
  return result;
}

void Contest::AddFlags(FlagSet& flags) {
  flags.Add("dataset", &size_.dataset, "what to learn: shapes, glyphs, mnist, fashion-mnist, cifar10");
  flags.Add("networks", &size_.networks, "some of those that compete; empty for all");
  flags.Add("train_size", &size_.train_size, "training examples, 0 for the data set's own number");
  flags.Add("test_size", &size_.test_size, "test examples, 0 for the data set's own number");
  flags.Add("epochs", &size_.epochs, "passes over the training set, 0 for each network's own number");
  flags.Add("batch_size", &size_.batch_size, "examples a step, 0 for each network's own number");
  flags.Add("precision", &precision_, "of activations: f32 or bf16");
  flags.Add("seeds", &size_.seeds, "one run each");
}

absl::Status Contest::CheckFlags() const {
  std::vector<std::string> names;
  for (const Contestant& contestant : Contestants()) names.push_back(contestant.name);
  TrainSettings settings;
  settings.precision = precision_;
  return FirstError({WantsKnown("network", size_.networks, names), WantsAtLeast("train_size", size_.train_size, 0),
                     WantsAtLeast("test_size", size_.test_size, 0), WantsAtLeast("epochs", size_.epochs, 0),
                     WantsAtLeast("batch_size", size_.batch_size, 0), CheckTrainSettings(settings),
                     WantsSeeds(size_.seeds)});
}

absl::StatusOr<ExperimentResult> Contest::Run(Progress& progress) {
  if (absl::Status status = CheckFlags(); !status.ok()) return status;
  const absl::StatusOr<TrainTest> data =
      LoadDataset(size_.dataset, {.folder = data_dir_, .train_size = size_.train_size, .test_size = size_.test_size});
  if (!data.ok()) return data.status();
  if (data->train.example_shape.size() != 3) {
    return absl::InvalidArgumentError(absl::StrCat(size_.dataset, " holds no images: choose another --dataset"));
  }
  std::vector<Contestant> contestants;
  const std::vector<std::string>& chosen = size_.networks;
  for (Contestant& contestant : Contestants()) {
    if (!chosen.empty() && std::count(chosen.begin(), chosen.end(), contestant.name) == 0) continue;
    TrainSettings& settings = contestant.settings;
    settings.precision = precision_;
    if (size_.epochs > 0) settings.epochs = size_.epochs;
    if (size_.batch_size > 0) settings.batch_size = size_.batch_size;
    absl::Status fits = WantsBetween("batch_size", settings.batch_size, 1, data->train.size(), "train_size");
    if (fits.ok()) fits = CheckAugmentation(*ParseAugmentation(settings.augment), data->train.example_shape);
    if (!fits.ok()) return fits;
    contestants.push_back(std::move(contestant));
  }
  return HoldContest(contestants, *data, {.seeds = size_.seeds, .as_published = size_.dataset == published_on_},
                     progress);
}

}  // namespace dl
