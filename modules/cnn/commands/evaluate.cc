#include "modules/cnn/commands/evaluate.h"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "datasets/catalog.h"
#include "modules/cnn/commands/command.h"
#include "modules/cnn/commands/trained_network.h"
#include "modules/training/evaluation_tables.h"
#include "modules/training/flag_checks.h"
#include "modules/training/mcnemar.h"
#include "modules/training/temperature.h"
#include "modules/training/threads_flag.h"

namespace dl {
namespace {

struct Flags {
  std::string checkpoint, against, dataset, precision, data_dir, output_dir = "runs/cnn/evaluate";
  int64_t test_size = 0, image_size = 0, views = 0;
  bool temperature = false;
  int threads = 0;

  void Register(FlagSet& flags) {
    flags.Add("checkpoint", &checkpoint, "the network: the folder of a run, or a checkpoint in it");
    flags.Add("against", &against, "another network, to be tested on the same examples");
    flags.Add("dataset", &dataset, "whose test set; empty for the run's own");
    flags.Add("test_size", &test_size, "test examples, 0 for as many as the run's or the data set's own");
    flags.Add("image_size", &image_size, "pixels a side, of a folder's pictures, 0 for the run's");
    flags.Add("views", &views, "of each image, whose mean answer counts: 1 or 6, 0 for as many as the run's");
    flags.Add("temperature", &temperature,
              "fit a temperature on the first fifth of the test set, and test on the rest");
    flags.Add("precision", &precision, "of activations: f32 or bf16; empty for the run's");
    flags.Add("data_dir", &data_dir, "where the real data sets are, instead of $DL_DATASETS");
    flags.Add("output_dir", &output_dir, "where tables and pictures go");
    AddThreadsFlag(flags, &threads);
  }
};

constexpr char kUsage[] = "bazel run //modules/cnn -- evaluate --checkpoint=FOLDER [--flag=VALUE ...]";

// Fills in from the record of --checkpoint what the flags leave open of the data.
void Complete(const TrainSettings& run, Flags* flags) {
  if (flags->image_size == 0) flags->image_size = run.image_size;
  if (!flags->dataset.empty()) return;
  flags->dataset = run.dataset;
  if (flags->test_size == 0) flags->test_size = run.test_size;
}

// A network's answers, and under which name.
struct Answers {
  std::string network, model;
  double temperature;
  Predictions predictions;
};

Table SummaryOf(const std::vector<Answers>& all, const std::string& dataset) {
  std::vector<std::string> columns = {"network", "model", "dataset", "temperature"};
  const std::vector<std::string> scores = TabulateEvaluation(all[0].predictions).summary.columns();
  columns.insert(columns.end(), scores.begin(), scores.end());
  Table table(columns);
  for (const Answers& a : all) {
    std::vector<Cell> row = {a.network, a.model, dataset, a.temperature};
    const Table of_one = TabulateEvaluation(a.predictions).summary;
    row.insert(row.end(), of_one.rows()[0].begin(), of_one.rows()[0].end());
    table.AddRow(std::move(row));
  }
  return table;
}

// One row an answer.
Table MetricsOf(const std::vector<Answers>& all) {
  Table table({"network", "temperature", "example", "true", "predicted", "probability"});
  for (const Answers& a : all) {
    const std::vector<int64_t> classes = PredictedClasses(a.predictions);
    const std::vector<std::string>& names = a.predictions.class_names;
    for (size_t i = 0; i < classes.size(); ++i) {
      table.AddRow({a.network, a.temperature, i, names[a.predictions.labels[i]], names[classes[i]],
                    a.predictions.row(static_cast<int64_t>(i))[classes[i]]});
    }
  }
  return table;
}

Table McNemarTable(const Answers& first, const Answers& second) {
  const McNemarResult result = McNemarTest(first.predictions, second.predictions);
  Table table({"first", "second", "only_first_right", "only_second_right", "p_value"});
  table.AddRow({first.network, second.network, result.only_first, result.only_second, result.p_value});
  return table;
}

// The answers of the network at `path`, as the flags have it; with --temperature also those at the temperature that is
// fitted to `held_out`.
absl::StatusOr<std::vector<Answers>> Ask(const std::string& path, const Flags& flags, const Dataset& held_out,
                                         const Dataset& test) {
  absl::StatusOr<TrainedNetwork> network = LoadTrainedNetwork(path);
  if (!network.ok()) return network.status();
  NetworkRecord& record = network->record;
  if (flags.views != 0) record.settings.views = flags.views;
  if (!flags.precision.empty()) record.settings.precision = flags.precision;
  for (const absl::Status& status : {CheckTrainSettings(record.settings), CheckExamples(record, test)}) {
    if (!status.ok()) return status;
  }
  absl::StatusOr<Predictions> answers = PredictAs(record, network->net, test);
  if (!answers.ok()) return answers.status();
  std::vector<Answers> all = {{path, record.settings.model, 1, *std::move(answers)}};
  if (!flags.temperature) return all;
  const absl::StatusOr<Predictions> validation = PredictAs(record, network->net, held_out);
  if (!validation.ok()) return validation.status();
  const double temperature = FitTemperature(*validation);
  all.push_back({path, record.settings.model, temperature, AtTemperature(all[0].predictions, temperature)});
  return all;
}

absl::StatusOr<Dataset> LoadTest(const Flags& flags) {
  absl::StatusOr<TrainTest> data = LoadDataset(
      flags.dataset,
      {.folder = flags.data_dir, .train_size = 1, .test_size = flags.test_size, .image_size = flags.image_size});
  if (!data.ok()) return data.status();
  return std::move(data->test);
}

// A network that was chosen by its test accuracy looks better on that test set than it is.
void WarnOfChoice(const std::string& checkpoint) {
  if (std::filesystem::path(checkpoint).filename() != "best.safetensors") return;
  std::cerr << "note: " << checkpoint
            << " is of the epoch that was best on the run's test set; on that set its accuracy "
            << "is too high\n";
}

absl::Status EvaluateAs(const Flags& flags) {
  for (const std::string& checkpoint : {flags.checkpoint, flags.against}) WarnOfChoice(checkpoint);
  absl::StatusOr<Dataset> whole = LoadTest(flags);
  if (!whole.ok()) return whole.status();
  const int64_t fifth = flags.temperature ? whole->size() / 5 : 0;
  if (flags.temperature && fifth == 0) {
    return absl::InvalidArgumentError("--temperature wants five test examples or more: choose a larger --test_size");
  }
  const Dataset held_out = FirstExamples(*whole, fifth), test = LastExamples(*whole, whole->size() - fifth);
  absl::StatusOr<std::vector<Answers>> answers = Ask(flags.checkpoint, flags, held_out, test);
  if (!answers.ok()) return answers.status();
  const size_t own = answers->size();
  if (!flags.against.empty()) {
    absl::StatusOr<std::vector<Answers>> others = Ask(flags.against, flags, held_out, test);
    if (!others.ok()) return others.status();
    std::move(others->begin(), others->end(), std::back_inserter(*answers));
  }
  const Predictions& last = (*answers)[own - 1].predictions;  // at the temperature, if any
  ExperimentResult result = {.metrics = MetricsOf(*answers),
                             .summary = SummaryOf(*answers, test.name),
                             .seeds = {},
                             .datasets = {{test.name + " (test)", Fingerprint(test)}},
                             .files = EvaluationFiles(last, test)};
  const EvaluationTables tables = TabulateEvaluation(last);
  std::cout << result.summary.ToText() << "\n" << tables.per_class.ToText() << "\n" << tables.confused.ToText() << "\n";
  if (answers->size() > own) {
    result.files.merge(EvaluationFiles(answers->back().predictions, test, "against_"));
    const Table table = McNemarTable((*answers)[0], (*answers)[own]);
    result.files["mcnemar.csv"] = table.ToCsv();
    std::cout << table.ToText() << "\n";
  }
  Flags used = flags;
  FlagSet record("");
  used.Register(record);
  const std::string question = absl::StrCat("How good are the answers of ", flags.checkpoint, "?");
  return HandOver(flags.output_dir, {"evaluate", question}, result, record.Values());
}

}  // namespace

absl::Status Evaluate(const std::vector<std::string>& arguments) {
  Flags flags;
  FlagSet set(kUsage);
  flags.Register(set);
  if (const auto go = ParseFlags(set, arguments); !go.ok() || !*go) return go.status();
  if (flags.checkpoint.empty()) {
    return absl::InvalidArgumentError(
        "evaluate wants --checkpoint=FOLDER, which `bazel run //modules/cnn -- train` has "
        "made: runs/cnn/train/...");
  }
  if (absl::Status status = ApplyThreadsFlag(flags.threads); !status.ok()) return status;
  const absl::StatusOr<NetworkRecord> record = ReadRecord(flags.checkpoint);
  if (!record.ok()) return record.status();
  Complete(record->settings, &flags);
  return EvaluateAs(flags);
}

}  // namespace dl
