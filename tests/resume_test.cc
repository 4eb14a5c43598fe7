// A run that is stopped and gone on with ends exactly as one that never was, bit for bit.
#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "datasets/catalog.h"
#include "gtest/gtest.h"
#include "modules/backprop/linear.h"
#include "modules/backprop/ops.h"
#include "modules/cnn/conv2d.h"
#include "modules/optimizers/optimizer_by_name.h"
#include "modules/primitives/reorder.h"
#include "modules/training/classifier.h"
#include "modules/training/interrupt.h"

namespace dl {
namespace {

// Has all that a run must carry over beside its weights: chance, and a buffer that it gathers and evaluation reads.
class NoisyCentering : public Layer {
 public:
  Variable Forward(const Variable& x, const Pass& pass) override {
    if (!pass.training) return x - mean_;
    const double mean = Mean(x).value().item();
    mean_.mutable_value() = Tensor::Scalar(0.9 * mean_.value().item() + 0.1 * mean);
    return x - mean_ * Variable(Tensor::Scalar(pass.random->Uniform(0, 2)));
  }
  std::vector<Parameter> Buffers() const override { return {{"mean", mean_}}; }

 private:
  Variable mean_ = Tensor::Scalar(0);
};

// 16 and 32 channels: the weights of the second convolution are blocked, and those of the first may be.
Sequential ConvNet() {
  Random random(1);
  Sequential net;
  net.Add(NoisyCentering(), "noisy");
  net.Add(Conv2d(1, 16, 5, random, {.stride = 2}), "conv1").Add(Activation(Elementwise::kReLU));
  net.Add(Conv2d(16, 32, 3, random, {.stride = 2}), "conv2").Add(Activation(Elementwise::kReLU));
  net.Add(AveragePool2d({.kernel = 5, .stride = 5})).Add(Linear(32, 10, random), "head");
  return net;
}

using Make = std::function<std::unique_ptr<Optimizer>(std::vector<Variable>)>;

Make Named(const std::string& name) {
  return [name](std::vector<Variable> parameters) {
    const auto rule = ParseOptimizer(name);
    return rule->make(std::move(parameters), CosineDecay(rule->typical_rate / 3, 24));
  };
}

constexpr int kEpochs = 3, kSteps = 8, kBatch = 16;  // steps of each epoch, examples of each step

// What is left of a run: every number of the model and which of its tensors are blocked, and what it measured.
struct Outcome {
  absl::Status status;
  std::vector<float> values;
  std::vector<bool> blocked;
  std::vector<double> metrics;
  bool operator==(const Outcome& other) const {
    return values == other.values && blocked == other.blocked && metrics == other.metrics;
  }
};

class ResumeTest : public testing::TestWithParam<std::string> {
 protected:
  // Trains, with a signal in the middle of step `signal_at` of the whole run unless that is 0.
  Outcome Train(int epochs, const CheckpointOptions& checkpoint, int signal_at = 0) const {
    Sequential net = ConvNet();
    const auto optimizer = Named(GetParam())(Variables(net));
    std::ostringstream out;
    Progress progress(out, {});
    const int losses_of_a_step = GetParam() == "sam" ? 2 : 1;
    int losses = 0;
    const auto loss = [&](const Variable& logits, absl::Span<const int32_t> labels) {
      if (labels.size() == kBatch && losses++ == losses_of_a_step * (signal_at - 1)) std::raise(SIGTERM);
      return CrossEntropy(logits, labels);
    };
    const auto data = *LoadDataset("glyphs", {.train_size = kBatch * kSteps, .test_size = 50});
    const TrainOptions options = {.name = "net", .epochs = epochs, .batch_size = kBatch, .seed = 5, .loss = loss,
                                  .average_decay = 0.8, .checkpoint = checkpoint};
    const auto metrics = TrainClassifier(net, *optimizer, data, options, progress);
    Outcome outcome = {metrics.status(), {}, {}, {}};
    for (const auto& all : {net.Parameters(), net.Buffers()}) {
      for (const Parameter& parameter : all) {
        outcome.blocked.push_back(!parameter.variable.value().is_plain());
        const Tensor plain = ToPlain(parameter.variable.value());
        outcome.values.insert(outcome.values.end(), plain.values().begin(), plain.values().end());
      }
    }
    if (!metrics.ok()) return outcome;
    for (const EpochMetrics& e : *metrics) {
      for (double x : {e.train.loss, e.train.accuracy, e.test.loss, e.test.accuracy}) outcome.metrics.push_back(x);
    }
    return outcome;
  }

  CheckpointOptions Folder(bool resume) const {
    std::string name = absl::StrCat(::testing::TempDir(), "/", GetParam());
    return {.folder = name, .settings = {{"seed", "5"}}, .resume = resume, .resume_command = "train --resume"};
  }

  void SetUp() override { std::filesystem::remove_all(Folder(false).folder); }
};

TEST_P(ResumeTest, AfterAnEpochAndInTheMiddleOfOne) {
  const Outcome whole = Train(kEpochs, {});
  ASSERT_TRUE(whole.status.ok()) << whole.status;
  ASSERT_NE(std::count(whole.blocked.begin(), whole.blocked.end(), true), 0) << "no parameter is blocked: the test shows nothing";
  EXPECT_EQ(Train(kEpochs, Folder(false)), whole) << "writing checkpoints changed the run";

  ASSERT_TRUE(Train(1, Folder(false)).status.ok());
  EXPECT_EQ(Train(kEpochs, Folder(true)), whole) << "resumed after an epoch";

  for (int step : {kSteps + 3, 2 * kSteps, 1}) {
    std::filesystem::remove_all(Folder(false).folder);
    EXPECT_EXIT(
        {
          CatchInterrupts();
          const absl::Status status = Train(kEpochs, Folder(false), step).status;
          std::cerr << status.message() << std::endl;
          std::exit(absl::IsCancelled(status) ? InterruptExitCode() : 1);
        },
        testing::ExitedWithCode(143), absl::StrCat("interrupted after step ", (step - 1) % kSteps + 1, " of epoch ",
                                                   (step - 1) / kSteps + 1, "; saved as .*/last.safetensors; go on "
                                                   "with: train --resume"));
    EXPECT_EQ(Train(kEpochs, Folder(true)), whole) << "resumed after step " << step;
  }
  EXPECT_EQ(Train(kEpochs, Folder(true)).metrics, whole.metrics) << "a run that was complete";
}

INSTANTIATE_TEST_SUITE_P(Optimizers, ResumeTest,
                         testing::Values("momentum", "adamw", "muon", "lookahead", "sam"),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace dl
