#include "modules/transfer/commands/predict.h"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "datasets/file_tree.h"
#include "datasets/image_file.h"
#include "datasets/imagenet_view.h"
#include "modules/base/file.h"
#include "modules/cnn/commands/command.h"
#include "modules/cnn/network_by_name.h"
#include "modules/primitives/reorder.h"
#include "modules/primitives/softmax.h"
#include "modules/training/flag_checks.h"
#include "modules/training/safetensors.h"
#include "modules/training/threads_flag.h"
#include "modules/transfer/load_weights.h"
#include "modules/transfer/logits.h"
#include "modules/transfer/top_classes.h"

namespace dl {
namespace {

constexpr int64_t kTold = 5;  // classes of each photo

struct Flags {
  std::string arch = "squeezenet1_0", weights, input, output, images, labels;
  int64_t classes = 0;
  LoadWeightsOptions loading;
  int threads = 0;

  void Register(FlagSet& flags) {
    flags.Add("arch", &arch, "the network, by torchvision's name: squeezenet1_0, resnet50, vgg16_bn, ...; or resnet20");
    flags.Add("weights", &weights, "its weights, a safetensors file");
    flags.Add("input", &input, "safetensors file whose tensor 'input' [N,3,H,W], already normalised, is answered");
    flags.Add("output", &output, "safetensors file for the answers, the tensor 'logits' [N,K]");
    flags.Add("images", &images, "folder or archive of photos (JPEG, PNG), answered on standard output");
    flags.Add("labels", &labels, "text file of the classes' names, a line each");
    flags.Add("classes", &classes, "that the weights tell apart; 0 for as many as labels, or as it was made for");
    flags.Add("strict", &loading.strict, "refuse weights that are not exactly the network's; else load what fits");
    flags.Add("prefix", &loading.prefix, "before each name in the file of weights, such as module.");
    AddThreadsFlag(flags, &threads);
  }
};

absl::Status CheckFlags(const Flags& flags) {
  constexpr int64_t kMostClasses = 100'000;
  if (absl::Status status = FirstError(
          {WantsKnown("arch", {flags.arch}, NetworkNames()), WantsBetween("classes", flags.classes, 0, kMostClasses)});
      !status.ok()) {
    return status;
  }
  if (flags.weights.empty()) return absl::InvalidArgumentError("flag --weights wants a safetensors file of weights");
  if (flags.input.empty() == flags.images.empty()) {
    return absl::InvalidArgumentError("predict wants either --input=FILE --output=FILE or --images=FOLDER");
  }
  if (flags.input.empty() != flags.output.empty()) {
    return absl::InvalidArgumentError("flags --input and --output go together: both are safetensors files");
  }
  return absl::OkStatus();
}

// The lines of the file; none where `path` is empty.
absl::StatusOr<std::vector<std::string>> ReadLabels(const std::string& path) {
  if (path.empty()) return std::vector<std::string>{};
  absl::StatusOr<std::string> text = ReadFile(UserPath(path));
  if (!text.ok()) return text.status();
  std::vector<std::string> labels = absl::StrSplit(*text, '\n');
  if (labels.back().empty()) labels.pop_back();
  for (std::string& label : labels) label = std::string(absl::StripSuffix(label, "\r"));
  if (labels.empty()) return absl::DataLossError(absl::StrCat(path, " is empty; give a file with a line a class"));
  return labels;
}

// What the network is made for where nothing else is said, and how many classes it tells apart.
absl::StatusOr<NetworkTask> TaskOf(const Flags& flags, const std::vector<std::string>& labels) {
  absl::StatusOr<NetworkTask> task = PublishedTask(flags.arch);
  if (!task.ok()) return task;
  const auto named = static_cast<int64_t>(labels.size());
  if (flags.classes > 0 && named > 0 && named != flags.classes) {
    return absl::DataLossError(
        absl::StrCat(flags.labels, " names ", named, " classes, there are ", flags.classes, " (--classes)"));
  }
  if (flags.classes > 0 || named > 0) task->classes = std::max(flags.classes, named);
  return task;
}

// The network of the flags for `task`, with its weights; what is left as chance would have it is told on standard
// error.
absl::StatusOr<Sequential> LoadNetwork(const Flags& flags, const NetworkTask& task) {
  Random random(1);
  absl::StatusOr<Sequential> network = NetworkByName(flags.arch, task, random);
  if (!network.ok()) return network;
  const auto report = LoadWeightsFile(*network, UserPath(flags.weights), flags.loading);
  if (!report.ok()) return report.status();
  if (!report->complete()) std::cerr << "note: of the weights " << ToString(*report) << std::endl;
  return network;
}

absl::StatusOr<Tensor> ReadInput(const std::string& path) {
  const absl::StatusOr<SafeTensors> file = ReadSafeTensors(path);
  if (!file.ok()) return absl::DataLossError(file.status().message());
  const auto found = file->tensors.find("input");
  const auto* input = found == file->tensors.end() ? nullptr : std::get_if<Tensor>(&found->second);
  if (input != nullptr && input->rank() == 4 && input->size() > 0) return Cast(*input, DType::kF32);
  return absl::DataLossError(absl::StrCat(
      path, input == nullptr ? " holds no tensor 'input' of floats" : ": 'input' is " + ToString(input->shape()),
      "; it must be [N, C, H, W] float32 and hold an image"));
}

absl::Status AnswerInput(const Flags& flags, NetworkTask task) {
  const absl::StatusOr<Tensor> input = ReadInput(UserPath(flags.input));
  if (!input.ok()) return input.status();
  task.image = {input->dim(1), input->dim(2), input->dim(3)};
  absl::StatusOr<Sequential> network = LoadNetwork(flags, task);
  if (!network.ok()) return network.status();
  absl::StatusOr<Tensor> logits = LogitsOf(*network, *input);
  if (!logits.ok()) return logits.status();
  const std::string path = UserPath(flags.output);
  if (absl::Status status = WriteSafeTensors(path, {{{"logits", *logits}}, {}}); !status.ok()) return status;
  std::cout << "Logits " << ToString(logits->shape()) << ": " << path << std::endl;
  return absl::OkStatus();
}

absl::StatusOr<std::vector<std::string>> ListPhotos(const std::string& path) {
  absl::StatusOr<std::vector<std::string>> files = ListFiles(path);
  if (!files.ok()) return files;
  std::erase_if(*files, [](const std::string& file) { return !HasImageName(file); });
  if (!files->empty()) return files;
  return absl::NotFoundError(absl::StrCat("no pictures in ", path, "; give a folder of .jpg, .jpeg or .png files"));
}

// `logits`: [1, K].
void Tell(const std::string& photo, const Tensor& logits, const std::vector<std::string>& labels) {
  const Tensor probabilities = Softmax(logits);
  std::cout << photo << "\n";
  for (int64_t c : TopClasses(logits.values(), kTold)) {
    std::cout << absl::StrFormat("  %5.1f %%  %s\n", 100 * probabilities.data()[c],
                                 labels.empty() ? absl::StrCat("class ", c) : labels[c]);
  }
}

absl::Status AnswerPhotos(const Flags& flags, const NetworkTask& task, const std::vector<std::string>& labels) {
  const int64_t side = task.image[1];
  if (task.image[0] != 3) {
    return absl::InvalidArgumentError(
        absl::StrCat("--arch=", flags.arch, " reads grey images; answer photos with another one, or use --input"));
  }
  const std::string path = UserPath(flags.images);
  const absl::StatusOr<std::vector<std::string>> photos = ListPhotos(path);
  if (!photos.ok()) return photos.status();
  absl::StatusOr<Sequential> network = LoadNetwork(flags, task);
  if (!network.ok()) return network.status();
  const ImageNetViewOptions view = {.shorter = side == 224 ? 256 : side, .side = side};
  return ReadFiles(path, *photos, [&](size_t i, const std::string& bytes) -> absl::Status {
    const absl::StatusOr<Image> image = DecodeImage((std::filesystem::path(path) / (*photos)[i]).string(), bytes);
    if (!image.ok()) return image.status();
    const absl::StatusOr<Tensor> logits = LogitsOf(*network, ImageNetView(*image, view).Reshape({1, 3, side, side}));
    if (!logits.ok()) return logits.status();
    Tell((*photos)[i], *logits, labels);
    return absl::OkStatus();
  });
}

}  // namespace

absl::Status PredictCommand(const std::vector<std::string>& arguments) {
  Flags flags;
  FlagSet set(
      "bazel run //modules/transfer -- predict --arch=ARCH --weights=FILE {--input=FILE --output=FILE | "
      "--images=FOLDER}");
  flags.Register(set);
  const absl::StatusOr<bool> go = ParseFlags(set, arguments);
  if (!go.ok() || !*go) return go.status();
  if (absl::Status status = CheckFlags(flags); !status.ok()) return status;
  if (absl::Status status = ApplyThreadsFlag(flags.threads); !status.ok()) return status;
  const absl::StatusOr<std::vector<std::string>> labels = ReadLabels(flags.labels);
  if (!labels.ok()) return labels.status();
  const absl::StatusOr<NetworkTask> task = TaskOf(flags, *labels);
  if (!task.ok()) return task.status();
  return flags.images.empty() ? AnswerInput(flags, *task) : AnswerPhotos(flags, *task, *labels);
}

}  // namespace dl
