#include "modules/cnn/commands/summarize.h"

#include <iostream>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "datasets/catalog.h"
#include "modules/cnn/commands/command.h"
#include "modules/cnn/network_by_name.h"
#include "modules/cnn/summary.h"
#include "modules/primitives/threads.h"
#include "modules/training/flag_checks.h"
#include "modules/training/progress.h"
#include "modules/training/step_time.h"
#include "modules/training/table.h"
#include "modules/training/threads_flag.h"

namespace dl {
namespace {

struct Flags {
  std::string model = "resnet20", image, dataset, time = "auto", data_dir;
  int64_t classes = 0, batch_size = 128, image_size = 32;
  int threads = 0;

  void Register(FlagSet& flags) {
    flags.Add("model", &model, "the network: small-cnn, lenet, resnet20, fast-cifar, vgg16, ...");
    flags.Add("image", &image, "channels, height and width of its images, as 3x224x224; else those it was made for");
    flags.Add("classes", &classes, "that it tells apart; 0 for as many as it was made for");
    flags.Add("dataset", &dataset, "whose images and classes to take");
    flags.Add("image_size", &image_size, "pixels a side, of a folder's pictures");
    flags.Add("batch_size", &batch_size, "examples a step");
    flags.Add("time", &time, "measure some steps: yes, no, or auto, which is no for large networks");
    flags.Add("data_dir", &data_dir, "where the real data sets are, instead of $DL_DATASETS");
    AddThreadsFlag(flags, &threads);
  }
};

// "3x224x224" as a shape; InvalidArgument on anything else.
absl::StatusOr<Shape> ParseImage(const std::string& text) {
  constexpr int64_t kLargest = 1 << 14, kMost = 1 << 22;
  Shape shape;
  for (const std::string& word : std::vector<std::string>(absl::StrSplit(text, 'x'))) {
    int64_t extent;
    if (!absl::SimpleAtoi(word, &extent) || extent < 1 || extent > kLargest) extent = 0;
    shape.push_back(extent);
  }
  if (shape.size() == 3 && NumElements(shape) > 0 && NumElements(shape) <= kMost) return shape;
  return absl::InvalidArgumentError(absl::StrCat("flag --image wants channels, height and width, as in 3x224x224, of ",
                                                 kMost, " numbers at most, not '", text, "'"));
}

// What the network is summarized for, and how many examples an epoch of it has.
struct Purpose {
  NetworkTask task;
  int64_t examples;
  std::string examples_of;  // where these come from
};

absl::StatusOr<Purpose> PurposeOf(const Flags& flags) {
  absl::StatusOr<NetworkTask> published = PublishedTask(flags.model);
  if (!published.ok()) return published.status();
  const int64_t side = published->image[1];
  Purpose purpose = {*published, 50'000, "CIFAR-10's"};
  if (side == 28) purpose = {*published, 60'000, "MNIST's"};
  if (side == 224) purpose = {*published, 1'281'167, "ImageNet's"};
  if (!flags.dataset.empty()) {
    const auto data = LoadDataset(flags.dataset, {.folder = flags.data_dir, .image_size = flags.image_size});
    if (!data.ok()) return data.status();
    purpose = {{.image = data->train.example_shape, .classes = data->train.num_classes()},
               data->train.size(),
               data->train.name + "'s"};
  }
  if (!flags.image.empty()) {
    const absl::StatusOr<Shape> image = ParseImage(flags.image);
    if (!image.ok()) return image.status();
    purpose.task.image = *image;
  }
  if (flags.classes > 0) purpose.task.classes = flags.classes;
  return purpose;
}

std::string FieldText(const std::optional<ReceptiveField>& field) { return field ? absl::StrCat(field->size) : ""; }

std::string ImageText(const Shape& shape) { return absl::StrJoin(shape, "x"); }

Table LayerTable(const ModelSummary& summary) {
  Table table({"layer", "kind", "output", "parameters", "mega_multiply_adds", "activations_kib", "receptive_field"});
  const auto row = [&](const std::string& name, const LayerSummary& l) {
    table.AddRow({name, l.kind, ImageText(l.output), l.parameters, static_cast<double>(l.multiply_adds) / 1e6,
                  static_cast<double>(l.activation_bytes) / 1024, FieldText(l.field)});
  };
  for (const LayerSummary& layer : summary.layers) row(layer.path, layer);
  row("total", summary.total);
  return table;
}

// Weights, their gradients and one momentum each, in f32, and what the way back wants of each example.
void TellMemory(const LayerSummary& total, int64_t batch_size) {
  constexpr double kMiB = 1 << 20;
  const double weights = 4.0 * static_cast<double>(total.parameters) / kMiB;
  const double kept = static_cast<double>(total.activation_bytes * batch_size) / kMiB;
  std::cout << absl::StrFormat(
      "memory    %.1f MiB to train in batches of %d: %.1f of activations, 3 x %.1f of weights, gradients and "
      "momentum\n",
      3 * weights + kept, batch_size, kept, weights);
}

void TellTime(Layer& model, const Purpose& purpose, const LayerSummary& total, const Flags& flags) {
  constexpr double kQuick = 5e11;  // operations of a step that takes seconds at the most
  const double step = 3.0 * static_cast<double>(total.flops) * static_cast<double>(flags.batch_size);
  if (flags.time == "no" || (flags.time == "auto" && step > kQuick)) {
    std::cout << absl::StrFormat("time      not measured: a step is %.3g operations; --time=yes measures it\n", step);
    return;
  }
  const double seconds =
      SecondsPerStep(model, purpose.task.image, {.classes = purpose.task.classes, .batch_size = flags.batch_size});
  const int64_t steps = purpose.examples / flags.batch_size;
  std::cout << absl::StrFormat("time      %.3g s a step, %.0f images/s, %.0f GFLOP/s, in f32 on %d thread%s; ", seconds,
                               static_cast<double>(flags.batch_size) / seconds, step / seconds / 1e9, ThreadCount(),
                               ThreadCount() == 1 ? "" : "s")
            << "about " << FormatDuration(seconds * static_cast<double>(steps)) << " an epoch of "
            << purpose.examples_of << " " << purpose.examples << " examples\n";
}

absl::Status CheckFlags(const Flags& flags) {
  constexpr int64_t kMostClasses = 100'000, kMostExamples = 65'536;
  return FirstError({WantsKnown("model", {flags.model}, NetworkNames()),
                     WantsBetween("classes", flags.classes, 0, kMostClasses),
                     WantsBetween("batch_size", flags.batch_size, 1, kMostExamples),
                     WantsKnown("time", {flags.time}, {"auto", "yes", "no"})});
}

}  // namespace

absl::Status Summarize(const std::vector<std::string>& arguments) {
  Flags flags;
  FlagSet set("bazel run //modules/cnn -- summary --model=vgg16 [--flag=VALUE ...]");
  flags.Register(set);
  const absl::StatusOr<bool> go = ParseFlags(set, arguments);
  if (!go.ok() || !*go) return go.status();
  if (absl::Status status = CheckFlags(flags); !status.ok()) return status;
  if (absl::Status status = ApplyThreadsFlag(flags.threads); !status.ok()) return status;
  const absl::StatusOr<Purpose> purpose = PurposeOf(flags);
  if (!purpose.ok()) return purpose.status();
  Random random(1);
  absl::StatusOr<Sequential> model = NetworkByName(flags.model, purpose->task, random);
  if (!model.ok()) return model.status();
  const ModelSummary summary = Summary(*model, purpose->task.image);
  const LayerSummary& total = summary.total;
  std::cout << flags.model << " for images of " << ImageText(purpose->task.image) << " and " << purpose->task.classes
            << " classes\n\n"
            << LayerTable(summary).ToText() << "\n"
            << absl::StrFormat("cost      %d parameters; forward %.4g million multiply-adds, %.4g million operations\n",
                               total.parameters, static_cast<double>(total.multiply_adds) / 1e6,
                               static_cast<double>(total.flops) / 1e6);
  TellMemory(total, flags.batch_size);
  TellTime(*model, *purpose, total, flags);
  return absl::OkStatus();
}

}  // namespace dl
