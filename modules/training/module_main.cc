#include "modules/training/module_main.h"

#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <iostream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "modules/base/exit_code.h"
#include "modules/base/file.h"
#include "modules/base/flags.h"
#include "modules/base/nearest_name.h"
#include "modules/training/figures.h"
#include "modules/training/interrupt.h"
#include "modules/training/run_files.h"
#include "modules/training/threads_flag.h"

namespace dl {
namespace {

// The flags that every experiment has, which do not change its answer.
struct CommonFlags {
  std::string output_dir;
  std::string data_dir;
  int threads = 1;  // small networks are fastest on one, and busy machines stall the others

  void Register(FlagSet& flags) {
    flags.Add("output_dir", &output_dir, "where run.json, metrics.csv and summary.csv go");
    flags.Add("data_dir", &data_dir, "where the real data sets are, instead of $DL_DATASETS");
    AddThreadsFlag(flags, &threads);
  }
};

std::string Help(const Module& module) {
  const std::string command = absl::StrCat("bazel run //modules/", module.name);
  std::string help =
      absl::StrCat(module.about, "\n\n", command, "                      a tour: every experiment, small\n", command,
                   " -- list              the experiments and their questions\n", command,
                   " -- run NAME          one experiment at full size\n", command, " -- run NAME --help   its flags\n");
  for (const Command& c : module.commands) {
    absl::StrAppendFormat(&help, "%s -- %-17s %s\n", command, c.name, c.about);
  }
  return help;
}

void List(const Module& module) {
  Table table({"experiment", "question"});
  for (const auto& experiment : module.experiments) table.AddRow({experiment->name(), experiment->question()});
  std::cout << table.ToText();
}

// A folder made for results, and taken away again, with those made above it, where none come.
class NewFolder {
 public:
  explicit NewFolder(const std::string& path) {
    std::filesystem::path above = std::filesystem::absolute(path).lexically_normal();
    for (std::error_code error; above.has_relative_path() && !std::filesystem::exists(above, error);) {
      made_.push_back(above);
      above = above.parent_path();
    }
    status_ = MakeFolder(path);
  }
  NewFolder(const NewFolder&) = delete;
  NewFolder& operator=(const NewFolder&) = delete;
  ~NewFolder() {
    for (const std::filesystem::path& folder : made_) {
      if (rmdir(folder.c_str()) != 0 && errno != ENOENT) return;  // it holds something
    }
  }

  const absl::Status& status() const { return status_; }

 private:
  std::vector<std::filesystem::path> made_;  // innermost first
  absl::Status status_;
};

constexpr size_t kTourRows = 12, kMostRows = 100;

absl::Status RunOne(Experiment& experiment, const CommonFlags& common, const std::string& directory,
                    const std::map<std::string, std::string>& flags, size_t most_rows) {
  const NewFolder folder(directory);  // before the run: nobody wants to hear after an hour that it cannot be kept
  if (!folder.status().ok()) return folder.status();
  std::cout << experiment.name() << ": " << experiment.question() << std::endl;
  experiment.set_data_dir(common.data_dir);
  Progress progress(std::cerr, StandardErrorStyle());
  absl::StatusOr<ExperimentResult> result = experiment.Run(progress);
  progress.EndLine();
  if (!result.ok()) return result.status();
  const RunTitle title = {experiment.name(), experiment.question()};
  if (absl::Status status = WriteRunFiles(directory, title, *result, flags); !status.ok()) return status;
  std::cout << "\n" << result->summary.ToText(most_rows) << std::endl;
  const auto figures = DrawFigures(experiment.name(), directory);
  if (!figures.ok()) return figures.status();
  for (const std::string& figure : *figures)
    std::cout << "Figure: " << directory << "/" << figure << ".svg" << std::endl;
  return absl::OkStatus();
}

// The flags of the experiment alone: what its record keeps.
std::map<std::string, std::string> OwnFlags(Experiment& experiment) {
  FlagSet flags("");
  experiment.AddFlags(flags);
  return flags.Values();
}

absl::Status Tour(Module& module, const CommonFlags& common) {
  const std::string root = UserPath(common.output_dir.empty() ? absl::StrCat("runs/", module.name) : common.output_dir);
  for (size_t i = 0; i < module.experiments.size(); ++i) {
    Experiment& experiment = *module.experiments[i];
    experiment.UseDemoSize();
    std::cout << (i > 0 ? "\n" : "") << i + 1 << "/" << module.experiments.size() << " ";
    absl::Status status =
        RunOne(experiment, common, absl::StrCat(root, "/", experiment.name()), OwnFlags(experiment), kTourRows);
    if (absl::IsNotFound(status)) {  // data that this machine has not got: the tour goes on
      std::cout << "not run: " << status.message() << std::endl;
    } else if (!status.ok()) {
      return status;
    }
  }
  std::cout << "\nTry next:\n";
  for (const std::string& words : module.next)
    std::cout << "  bazel run //modules/" << module.name << " -- " << words << "\n";
  std::cout << "Results and figures: " << root << std::endl;
  return absl::OkStatus();
}

std::vector<std::string> NamesOf(const Module& module) {
  std::vector<std::string> names;
  for (const auto& experiment : module.experiments) names.push_back(experiment->name());
  return names;
}

// Null where the module has none of that name.
Experiment* FindExperiment(const Module& module, const std::string& name) {
  for (const auto& experiment : module.experiments) {
    if (experiment->name() == name) return experiment.get();
  }
  return nullptr;
}

absl::Status UnexpectedWord(const std::string& word) {
  return absl::InvalidArgumentError(absl::StrCat("unexpected word '", word, "'"));
}

absl::Status Run(Module& module, const std::vector<std::string>& arguments) {
  if (arguments.empty() || arguments[0].rfind('-', 0) == 0) {
    return absl::InvalidArgumentError(
        absl::StrCat("run wants the name of an experiment; bazel run //modules/", module.name, " -- list names them"));
  }
  Experiment* experiment = FindExperiment(module, arguments[0]);
  if (experiment == nullptr) return UnknownName("experiment", arguments[0], NamesOf(module));
  FlagSet flags(absl::StrCat("bazel run //modules/", module.name, " -- run ", arguments[0], " [--flag=VALUE ...]"));
  experiment->AddFlags(flags);
  CommonFlags common;
  common.Register(flags);
  const auto words = flags.Parse({arguments.begin() + 1, arguments.end()});
  if (!words.ok()) return words.status();
  if (flags.help_requested()) {
    std::cout << experiment->question() << "\n\n" << flags.Help();
    return absl::OkStatus();
  }
  if (!words->empty()) return UnexpectedWord(words->front());
  if (absl::Status status = ApplyThreadsFlag(common.threads); !status.ok()) return status;
  const std::string directory =
      UserPath(common.output_dir.empty() ? absl::StrCat("runs/", module.name, "/", arguments[0]) : common.output_dir);
  absl::Status status = RunOne(*experiment, common, directory, OwnFlags(*experiment), kMostRows);
  if (status.ok()) std::cout << "Results: " << directory << std::endl;
  return status;
}

absl::Status Dispatch(Module& module, const std::vector<std::string>& arguments) {
  CommonFlags common;
  FlagSet flags(Help(module));
  common.Register(flags);
  const bool help = arguments.size() == 2 && (arguments[1] == "--help" || arguments[1] == "-h");
  if (!arguments.empty() && arguments[0] == "run" && !help) {
    return Run(module, {arguments.begin() + 1, arguments.end()});
  }
  if (!arguments.empty() && FindExperiment(module, arguments[0]) != nullptr) return Run(module, arguments);
  for (const Command& command : module.commands) {
    if (!arguments.empty() && arguments[0] == command.name)
      return command.run({arguments.begin() + 1, arguments.end()});
  }
  const auto words = flags.Parse(arguments);
  if (!words.ok()) return words.status();
  if (flags.help_requested()) {
    std::cout << flags.Help();
    return absl::OkStatus();
  }
  if (words->size() > 1) return UnexpectedWord((*words)[1]);
  if (absl::Status status = ApplyThreadsFlag(common.threads); !status.ok()) return status;
  if (words->empty()) return Tour(module, common);
  if (words->front() != "list") {
    std::vector<std::string> valid = NamesOf(module);
    for (const Command& command : module.commands) valid.insert(valid.begin(), command.name);
    valid.insert(valid.begin(), {"list", "run"});
    return UnknownName("command", words->front(), valid);
  }
  List(module);
  return absl::OkStatus();
}

}  // namespace

int ModuleMain(int argc, char** argv, Module module) {
  CatchInterrupts();
  absl::Status status = Dispatch(module, {argv + 1, argv + argc});
  std::cout.flush();
  if (status.ok() && !std::cout) status = absl::ResourceExhaustedError("what was to be printed could not be written");
  if (status.code() == absl::StatusCode::kCancelled) {
    std::cerr << status.message() << std::endl;
    return InterruptExitCode();
  }
  return ReportStatus(status);
}

}  // namespace dl
