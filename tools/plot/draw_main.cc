// Draws one figure from the results of experiments: hands the bands of their metrics.csv to a gnuplot script, once for
// SVG and once for PDF.
//
// The script is called as `gnuplot -c SCRIPT svg|pdf OUTPUT DATA STYLE ARGS...`. Results of experiments that were not
// run are left out and named, one a line, in the file --not_run; where none was run, both figures are empty files.
#include <spawn.h>
#include <sys/wait.h>

#include <cstring>
#include <filesystem>
#include <iostream>

#include "modules/base/exit_code.h"
#include "modules/base/flags.h"
#include "tools/plot/bands.h"
#include "modules/base/file.h"
#include "tools/results/result.h"

extern char** environ;

namespace dl {
namespace {

struct Options {
  std::string script, style, svg, pdf, not_run;
  std::vector<std::string> args;
  BandsOptions bands;
};

absl::Status RunGnuplot(const std::vector<std::string>& arguments) {
  std::vector<char*> argv;
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  pid_t child;
  if (const int error = posix_spawnp(&child, "gnuplot", nullptr, nullptr, argv.data(), environ)) {
    return absl::UnavailableError(std::string("cannot start gnuplot: ") + std::strerror(error) +
                                  ": install it with tools/setup.sh");
  }
  int state;
  if (waitpid(child, &state, 0) != child || !WIFEXITED(state) || WEXITSTATUS(state) != 0) {
    return absl::InternalError("gnuplot could not draw " + arguments[2] + "; see its message above");
  }
  return absl::OkStatus();
}

absl::Status DrawOne(const Options& options, const std::string& terminal, const std::string& output,
                     const std::string& data) {
  std::vector<std::string> arguments = {"gnuplot", "-c", options.script, terminal, output, data, options.style};
  arguments.insert(arguments.end(), options.args.begin(), options.args.end());
  if (const absl::Status status = RunGnuplot(arguments); !status.ok()) return status;
  std::error_code error;
  if (std::filesystem::file_size(output, error) == 0 || error) {
    return absl::InternalError(options.script + " wrote nothing to " + output);
  }
  return absl::OkStatus();
}

absl::Status Draw(const Options& options, const Results& results) {
  std::vector<CsvTable> tables;
  std::string not_run;
  for (const auto& [name, result] : results) {
    if (!result.run.complete) {
      not_run += name + ": " + result.run.reason + "\n";
    } else if (const auto metrics = result.tables.find("metrics.csv"); metrics != result.tables.end()) {
      tables.push_back(metrics->second);
    } else {
      return absl::NotFoundError(name + " has no metrics.csv");
    }
  }
  absl::Status status = WriteFile(options.not_run, not_run);
  if (tables.empty()) {
    status.Update(WriteFile(options.svg, ""));
    status.Update(WriteFile(options.pdf, ""));
    return status;
  }
  const auto bands = Bands(tables, options.bands);
  if (!bands.ok()) return bands.status();
  const std::string data = options.svg + ".dat";
  status.Update(WriteFile(data, *bands));
  if (status.ok()) status = DrawOne(options, "svg", options.svg, data);
  if (status.ok()) status = DrawOne(options, "pdf", options.pdf, data);
  std::error_code ignored;
  std::filesystem::remove(data, ignored);
  return status;
}

int Main(int argc, char** argv) {
  Options options;
  FlagSet flags("usage: draw --script=FILE --style=FILE --svg=FILE --pdf=FILE --not_run=FILE NAME=RESULT_FILE...");
  flags.Add("script", &options.script, "the gnuplot script");
  flags.Add("style", &options.style, "the gnuplot file that scripts load first");
  flags.Add("svg", &options.svg, "output");
  flags.Add("pdf", &options.pdf, "output");
  flags.Add("not_run", &options.not_run, "output: why results are missing");
  flags.Add("args", &options.args, "the script's own arguments");
  flags.Add("group", &options.bands.group, "columns: rows that agree in these make one curve");
  flags.Add("x", &options.bands.x, "column: the curve's argument");
  const auto words = flags.Parse(argc, argv);
  if (!words.ok()) return ReportStatus(words.status());
  if (flags.help_requested()) {
    std::cout << flags.Help();
    return kExitOk;
  }
  const auto results = ReadResults(*words);
  if (!results.ok()) return ReportStatus(results.status());
  return ReportStatus(Draw(options, *results));
}

}  // namespace
}  // namespace dl

int main(int argc, char** argv) { return dl::Main(argc, argv); }
