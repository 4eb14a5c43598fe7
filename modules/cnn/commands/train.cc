#include "modules/cnn/commands/train.h"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "datasets/catalog.h"
#include "modules/base/file.h"
#include "modules/cnn/commands/command.h"
#include "modules/cnn/commands/train_settings.h"
#include "modules/cnn/commands/trained_network.h"
#include "modules/cnn/commands/training_setup.h"
#include "modules/primitives/threads.h"
#include "modules/training/checkpoint.h"
#include "modules/training/classifier.h"
#include "modules/training/evaluation_tables.h"
#include "modules/training/flag_checks.h"
#include "modules/training/threads_flag.h"

namespace dl {
namespace {

constexpr char kFolder[] = "folder:";  // begins the names of the user's own data sets
constexpr char kCommand[] = "bazel run //modules/cnn -- train";

struct Flags {
  TrainSettings settings;
  std::string resume, output_dir, data_dir;
  int threads = 0;

  void Register(FlagSet& flags) {
    settings.AddFlags(flags);
    flags.Add("resume", &resume, "the folder of a run to go on with; its settings are kept");
    flags.Add("output_dir", &output_dir, "where the run goes, instead of a new folder in runs/cnn/train");
    flags.Add("data_dir", &data_dir, "where the real data sets are, instead of $DL_DATASETS");
    AddThreadsFlag(flags, &threads);
  }
};

// A user's folder of pictures under its full path, so that the run can be gone on with from anywhere.
std::string FullName(const std::string& dataset) {
  if (dataset.rfind(kFolder, 0) != 0 || dataset == kFolder) return dataset;
  return kFolder + UserPath(dataset.substr(sizeof(kFolder) - 1));
}

struct Told {
  Flags flags;
  bool help = false;  // was asked for and printed
  bool own_batch_size = false;
};

// First what the flags say, then the defaults that follow from that, then the flags again.
absl::StatusOr<Told> Tell(const std::vector<std::string>& arguments) {
  Flags said;
  said.settings.optimizer = "";
  said.settings.batch_size = 0;
  FlagSet first("");
  said.Register(first);
  if (const auto words = first.Parse(arguments); !words.ok()) return words.status();
  Told told;
  std::optional<NetworkRecord> record;  // of the run to go on with
  if (said.resume.empty()) {
    const TrainSettings& s = said.settings;
    auto usual =
        s.optimizer.empty() ? UsualSettings(s.model, s.dataset) : UsualSettings(s.model, s.dataset, s.optimizer);
    if (!usual.ok()) return usual.status();
    told.flags.settings = *std::move(usual);
    told.own_batch_size = s.batch_size != 0;
  } else {
    absl::StatusOr<NetworkRecord> written = ReadRecord(said.resume);
    if (!written.ok()) return written.status();
    record = *std::move(written);
    told.flags.settings = record->settings;
    told.own_batch_size = true;
  }
  told.flags.threads = UsualThreads(told.flags.settings.model);
  FlagSet second(
      absl::StrCat(kCommand, " [--flag=VALUE ...]; the defaults are those of --model=", told.flags.settings.model));
  told.flags.Register(second);
  const absl::StatusOr<bool> go = ParseFlags(second, arguments);
  if (!go.ok()) return go.status();
  told.help = !*go;
  told.flags.settings.dataset = FullName(told.flags.settings.dataset);
  if (record) {
    NetworkRecord now = *record;
    now.settings = told.flags.settings;
    const absl::Status same = CheckSettings(CheckpointPath(said.resume), record->ToText(), now.ToText());
    if (!same.ok()) return same;
  }
  return told;
}

bool HasCheckpoint(const std::string& folder) {
  std::error_code ignored;
  const std::string path = UserPath(folder);
  return std::filesystem::is_directory(path, ignored) && std::filesystem::exists(CheckpointPath(path), ignored);
}

// Where the run on the data set called `dataset` goes, as the user would type it.
absl::StatusOr<std::string> FolderOf(const Flags& flags, const std::string& dataset) {
  if (!flags.resume.empty() && !flags.output_dir.empty()) {
    return absl::InvalidArgumentError("--resume goes on in the run's own folder: leave --output_dir out");
  }
  if (!flags.resume.empty()) return flags.resume;
  if (!flags.output_dir.empty()) {
    if (!HasCheckpoint(flags.output_dir)) return flags.output_dir;
    return absl::InvalidArgumentError(absl::StrCat(flags.output_dir,
                                                   " holds the checkpoint of another run: --resume=", flags.output_dir,
                                                   " goes on with it, another --output_dir begins anew"));
  }
  const std::string name = absl::StrCat("runs/cnn/train/", flags.settings.model, "-", dataset);
  std::string folder = name;
  for (int i = 2; HasCheckpoint(folder); ++i) folder = absl::StrCat(name, "-", i);
  return folder;
}

void Announce(const NetworkRecord& record, const TrainTest& data, const Layer& net, const std::string& folder) {
  const TrainSettings& s = record.settings;
  std::cout << "data      " << data.train.name << ": " << data.train.size() << " examples to learn from, "
            << data.test.size() << " to test on, " << ToString(record.image) << ", " << record.num_classes()
            << " classes\n"
            << "model     " << s.model << ": " << ParameterCount(net) << " parameters\n"
            << "training  " << s.optimizer << ", rate " << s.rate << ", " << s.schedule << ", " << s.epochs
            << " epochs of " << data.train.size() / s.batch_size << " batches of " << s.batch_size << ", augment "
            << s.augment << "\n"
            << "machine   " << s.precision << ", " << ThreadCount() << (ThreadCount() == 1 ? " thread" : " threads")
            << "\nfolder    " << UserPath(folder) << std::endl;
}

TrainOptions OptionsOf(const NetworkRecord& record, const Flags& flags, const std::string& folder) {
  const TrainSettings& s = record.settings;
  std::string command = absl::StrCat(kCommand, " --resume=", folder);
  if (!flags.data_dir.empty()) absl::StrAppend(&command, " --data_dir=", flags.data_dir);
  if (flags.threads != UsualThreads(s.model)) absl::StrAppend(&command, " --threads=", flags.threads);
  TrainOptions options = TrainOptionsOf(s);
  options.checkpoint = {.folder = UserPath(folder),
                        .settings = record.ToText(),
                        .resume = !flags.resume.empty(),
                        .resume_command = command};
  return options;
}

ExperimentResult ResultOf(const NetworkRecord& record, const TrainTest& data, const Layer& net,
                          const std::vector<EpochMetrics>& epochs, const Predictions& predictions) {
  const TrainSettings& s = record.settings;
  Table metrics({"dataset", "model", "epoch", "train_loss", "train_accuracy", "test_loss", "test_accuracy"});
  for (const EpochMetrics& e : epochs) {
    metrics.AddRow({data.train.name, s.model, e.epoch, e.train.loss, e.train.accuracy, e.test.loss, e.test.accuracy});
  }
  const Table scores = TabulateEvaluation(predictions).summary;
  std::vector<std::string> columns = {"dataset", "model", "parameters", "train_examples", "epochs"};
  std::vector<Cell> row = {data.train.name, s.model, ParameterCount(net), data.train.size(), s.epochs};
  columns.insert(columns.end(), scores.columns().begin(), scores.columns().end());
  row.insert(row.end(), scores.rows()[0].begin(), scores.rows()[0].end());
  Table summary(columns);
  summary.AddRow(row);
  return {.metrics = std::move(metrics),
          .summary = std::move(summary),
          .seeds = {s.seed},
          .datasets = {{data.train.name, record.fingerprint}, {data.test.name + " (test)", Fingerprint(data.test)}},
          .files = EvaluationFiles(predictions, data.test)};
}

// What is left to do once the flags are right and the data are there.
absl::Status TrainOn(const TrainTest& data, const TrainSettings& settings, const Flags& flags,
                     const std::string& folder) {
  const NetworkRecord record = MakeRecord(settings, data.train);
  absl::StatusOr<Sequential> net = NetworkOf(settings, data.train, record.normalization);
  if (!net.ok()) return net.status();
  const auto optimizer = OptimizerOf(settings, *net, data.train.size());
  if (!optimizer.ok()) return optimizer.status();
  Announce(record, data, *net, folder);
  const TrainOptions options = OptionsOf(record, flags, folder);
  Progress progress(std::cerr, StandardErrorStyle());
  const auto epochs = TrainClassifier(*net, **optimizer, data, options, progress);
  progress.EndLine();
  if (!epochs.ok()) return epochs.status();
  const absl::StatusOr<Predictions> predictions = PredictAs(record, *net, data.test);
  if (absl::IsCancelled(predictions.status())) {
    return absl::CancelledError(absl::StrCat("interrupted after the last epoch; the network is saved as ",
                                             CheckpointPath(folder),
                                             "; to test it: ", options.checkpoint.resume_command));
  }
  if (!predictions.ok()) return predictions.status();
  const ExperimentResult result = ResultOf(record, data, *net, *epochs, *predictions);
  std::cout << "\n" << result.summary.ToText() << "\n" << TabulateEvaluation(*predictions).per_class.ToText() << "\n";
  const RunTitle title = {"train", absl::StrCat("How well does ", settings.model, " learn ", data.train.name, "?")};
  return HandOver(folder, title, result, record.ToText());
}

}  // namespace

absl::Status Train(const std::vector<std::string>& arguments) {
  const absl::StatusOr<Told> told = Tell(arguments);
  if (!told.ok() || told->help) return told.status();
  TrainSettings settings = told->flags.settings;
  if (absl::Status status = CheckTrainSettings(settings); !status.ok()) return status;
  if (absl::Status status = ApplyThreadsFlag(told->flags.threads); !status.ok()) return status;
  const absl::StatusOr<TrainTest> data = LoadDataset(settings.dataset, {.folder = told->flags.data_dir,
                                                                        .train_size = settings.train_size,
                                                                        .test_size = settings.test_size,
                                                                        .image_size = settings.image_size});
  if (!data.ok()) return data.status();
  const bool pictures = settings.dataset.rfind(kFolder, 0) == 0;
  const absl::StatusOr<std::string> folder = FolderOf(told->flags, pictures ? data->train.name : settings.dataset);
  if (!folder.ok()) return folder.status();
  const int64_t examples = data->train.size();
  constexpr int64_t kFewestSteps = 16;  // an epoch, where nobody asked for larger batches
  if (!told->own_batch_size) settings.batch_size = std::clamp<int64_t>(examples / kFewestSteps, 1, settings.batch_size);
  absl::Status fits = FirstError({WantsBetween("batch_size", settings.batch_size, 1, examples, "train_size"),
                                  CheckAugmentation(*ParseAugmentation(settings.augment), data->train.example_shape),
                                  CheckViews(settings.views, data->train.example_shape)});
  if (!fits.ok()) return fits;
  return TrainOn(*data, settings, told->flags, *folder);
}

}  // namespace dl
