// Draws one figure from the results of experiments: hands the bands of their metrics.csv, or the rows of another table
// of theirs, to a gnuplot script, once for each picture that is asked for.
//
// The script is called as `gnuplot -c SCRIPT svg|pdf|gif OUTPUT DATA STYLE ARGS...`. Results of experiments that were
// not run are left out and named, one a line, in the file --not_run; where none was run, the pictures are empty files.
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <iostream>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "modules/base/exit_code.h"
#include "modules/base/file.h"
#include "modules/base/flags.h"
#include "tools/plot/bands.h"
#include "tools/results/result.h"

extern char** environ;

namespace dl {
namespace {

struct Options {
  std::string script, style, table, svg, pdf, gif, not_run;
  std::vector<std::string> args;
  BandsOptions bands;
};

// What gnuplot has to say goes to the file `log`, and to our standard error where it fails: it warns of curves that are
// empty because a run was small.
absl::Status RunGnuplot(const std::vector<std::string>& arguments, const std::string& log) {
  std::vector<char*> argv;
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, log.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  pid_t child;
  const int error = posix_spawnp(&child, "gnuplot", &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) {
    return absl::UnavailableError(std::string("cannot start gnuplot: ") + std::strerror(error) +
                                  ": install it with tools/setup.sh");
  }
  int state;
  if (waitpid(child, &state, 0) != child || !WIFEXITED(state) || WEXITSTATUS(state) != 0) {
    std::cerr << ReadFile(log).value_or("");
    return absl::InternalError("gnuplot could not draw " + arguments[2] + "; see its message above");
  }
  return absl::OkStatus();
}

absl::Status DrawOne(const Options& options, const std::string& terminal, const std::string& output,
                     const std::string& data) {
  std::vector<std::string> arguments = {"gnuplot", "-c", options.script, terminal, output, data, options.style};
  arguments.insert(arguments.end(), options.args.begin(), options.args.end());
  const std::string log = data + ".log";
  const absl::Status status = RunGnuplot(arguments, log);
  std::error_code error;
  std::filesystem::remove(log, error);
  if (!status.ok()) return status;
  if (std::filesystem::file_size(output, error) == 0 || error) {
    return absl::InternalError(options.script + " wrote nothing to " + output);
  }
  return absl::OkStatus();
}

// A line of fields as gnuplot reads them: numbers, texts in quotes, NaN for an empty field.
std::string DataLine(const std::vector<std::string>& fields) {
  return absl::StrJoin(fields, " ",
                       [](std::string* out, const std::string& field) {
                         double number;
                         if (field.empty()) {
                           out->append("NaN");
                         } else if (absl::SimpleAtod(field, &number)) {
                           out->append(field);
                         } else {
                           absl::StrAppend(out, "\"", absl::StrReplaceAll(field, {{"\"", "'"}, {"\n", " "}}), "\"");
                         }
                       }) +
         "\n";
}

// The rows of all `tables`, which have the same columns, under one header.
absl::StatusOr<std::string> Rows(const std::vector<CsvTable>& tables) {
  std::string text = DataLine(tables.front().columns);
  for (const CsvTable& table : tables) {
    if (table.columns != tables.front().columns) {
      return absl::InvalidArgumentError("the results of one figure differ in their columns");
    }
    for (const auto& row : table.rows) text += DataLine(row);
  }
  return text;
}

absl::Status Draw(const Options& options, const Results& results) {
  const std::string file = options.table.empty() ? "metrics.csv" : options.table;
  std::vector<CsvTable> tables;
  std::string not_run;
  for (const auto& [name, result] : results) {
    if (!result.run.complete) {
      not_run += name + ": " + result.run.reason + "\n";
    } else if (const auto table = result.tables.find(file); table != result.tables.end()) {
      tables.push_back(table->second);
    } else {
      return absl::NotFoundError(name + " has no " + file);
    }
  }
  absl::Status status = options.not_run.empty() ? absl::OkStatus() : WriteFile(options.not_run, not_run);
  const std::pair<const char*, std::string> pictures[] = {
      {"svg", options.svg}, {"pdf", options.pdf}, {"gif", options.gif}};
  if (tables.empty()) {
    for (const auto& [terminal, path] : pictures) {
      if (!path.empty()) status.Update(WriteFile(path, ""));
    }
    return status;
  }
  const auto text = options.table.empty() ? Bands(tables, options.bands) : Rows(tables);
  if (!text.ok()) return text.status();
  const std::string data = options.svg + ".dat";
  status.Update(WriteFile(data, *text));
  for (const auto& [terminal, path] : pictures) {
    if (status.ok() && !path.empty()) status = DrawOne(options, terminal, path, data);
  }
  std::error_code ignored;
  std::filesystem::remove(data, ignored);
  return status;
}

int Main(int argc, char** argv) {
  Options options;
  FlagSet flags("usage: draw --script=FILE --style=FILE --svg=FILE [--pdf=FILE] [--gif=FILE] NAME=RESULT_FILE...");
  flags.Add("script", &options.script, "the gnuplot script");
  flags.Add("style", &options.style, "the gnuplot file that scripts load first");
  flags.Add("table", &options.table, "a CSV file of the results, whose rows are the script's data; empty: bands");
  flags.Add("svg", &options.svg, "output");
  flags.Add("pdf", &options.pdf, "output, for print");
  flags.Add("gif", &options.gif, "output, an animation, of scripts that can draw one");
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
