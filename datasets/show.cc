// Draws a data set as one picture: bazel run //datasets:show -- --dataset=glyphs
#include <iostream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "datasets/catalog.h"
#include "datasets/contact_sheet.h"
#include "datasets/png_writer.h"
#include "modules/base/exit_code.h"
#include "modules/base/file.h"
#include "modules/base/flags.h"

namespace dl {
namespace {

struct Options {
  std::string dataset = DatasetNames()[0];
  std::string output;
  std::string part = "train";
  int64_t examples = 16;
  LoadOptions load;
};

absl::Status Show(const Options& options) {
  if (options.part != "train" && options.part != "test") {
    return absl::InvalidArgumentError(absl::StrCat("flag --part=", options.part, " is not valid: train or test"));
  }
  if (options.examples < 1 || options.examples > 200) {
    return absl::InvalidArgumentError(absl::StrCat("flag --examples=", options.examples, " is not valid: 1 to 200"));
  }
  const absl::StatusOr<TrainTest> sets = LoadDataset(options.dataset, options.load);
  if (!sets.ok()) return sets.status();
  const Dataset& set = options.part == "train" ? sets->train : sets->test;
  const bool is_folder = options.dataset.find(':') != std::string::npos;
  const std::string output = (is_folder ? set.name : options.dataset) + ".png";
  const std::string path = UserPath(options.output.empty() ? output : options.output);
  if (absl::Status status = WritePng(path, ContactSheet(set, options.examples)); !status.ok()) return status;
  std::cout << set.name << ", " << options.part << ": " << set.size() << " examples " << ToString(set.example_shape)
            << ", sha256 " << Fingerprint(set) << "\n"
            << path << std::endl;
  return absl::OkStatus();
}

int Main(int argc, char** argv) {
  Options options;
  FlagSet flags("usage: bazel run //datasets:show -- [flags]: draws a data set as a PNG and prints the file's path");
  flags.Add("dataset", &options.dataset, absl::StrCat("one of ", absl::StrJoin(DatasetNames(), ", ")));
  flags.Add("output", &options.output, "the PNG file to write; empty: DATASET.png or, of folder:PATH, its name");
  flags.Add("part", &options.part, "train or test");
  flags.Add("examples", &options.examples, "images of each class");
  flags.Add("folder", &options.load.folder, "where real data sets lie; empty: $DL_DATASETS, then the user's cache");
  flags.Add("train_size", &options.load.train_size, "training examples; 0: the data set's default");
  flags.Add("test_size", &options.load.test_size, "test examples; 0: the data set's default");
  flags.Add("image_size", &options.load.image_size, "pixels a side, of a folder's pictures");
  flags.Add("seed", &options.load.seed, "of a generated data set");
  const absl::StatusOr<std::vector<std::string>> words = flags.Parse(argc, argv);
  if (!words.ok()) return ReportStatus(words.status());
  if (flags.help_requested()) {
    std::cout << flags.Help();
    return kExitOk;
  }
  if (!words->empty()) {
    return ReportStatus(absl::InvalidArgumentError(
        absl::StrCat("'", (*words)[0], "' is not a flag; did you mean --dataset=", (*words)[0], "?")));
  }
  return ReportStatus(Show(options));
}

}  // namespace
}  // namespace dl

int main(int argc, char** argv) { return dl::Main(argc, argv); }
