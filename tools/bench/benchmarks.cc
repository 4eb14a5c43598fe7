#include "tools/bench/benchmarks.h"

#include <memory>

#include "absl/strings/str_cat.h"
#include "modules/backprop/batch_norm_backward.h"
#include "modules/backprop/counted.h"
#include "modules/backprop/gradients.h"
#include "modules/backprop/losses.h"
#include "modules/backprop/mlp.h"
#include "modules/backprop/scalar_mlp.h"
#include "modules/backprop/scalar_ops.h"
#include "modules/cnn/fast_cifar.h"
#include "modules/cnn/lenet.h"
#include "modules/cnn/resnet.h"
#include "modules/cnn/small_cnn.h"
#include "modules/optimizers/optimizer.h"
#include "modules/primitives/convolution.h"
#include "modules/primitives/reorder.h"
#include "modules/training/fast_cifar_recipe.h"
#include "tools/bench/convolution_benchmarks.h"
#include "tools/bench/update_benchmarks.h"

namespace dl {
namespace {

constexpr int64_t kSmallBatch = 64, kLargeBatch = 128;
constexpr int64_t kBatchNormRows = 100, kBatchNormFeatures = 500;  // CS231n's, in its second assignment

Tensor Noise(const Shape& shape) {
  Random random(1);
  return NormalInit(1.0f)(shape, random);
}

// One step of training on random pictures, whose activations are of type `precision`.
std::function<void()> TrainingStep(std::shared_ptr<Layer> model, std::shared_ptr<Optimizer> optimizer,
                                   const Shape& input, DType precision = DType::kF32) {
  std::vector<int32_t> labels(input[0]);
  for (size_t i = 0; i < labels.size(); ++i) labels[i] = static_cast<int32_t>(i % 10);
  return [=, x = Noise(input)] {
    const Variable loss = CrossEntropy(model->Forward(AsInput(x, precision), {.training = true}), labels);
    optimizer->Step(Gradients(loss, optimizer->parameters()));
  };
}

// Multiplications and additions of one image forward; backward takes as many for the weights and as many for the data,
// but for the first layer, which passes no gradient on.
double StepFlops(double first_layer, double others, int64_t batch) {
  return static_cast<double>(batch) * 2 * (2 * first_layer + 3 * others);
}

Benchmark MlpBenchmark() {
  return {"mlp",
          "MLP 784-128-64-10, batch 64, Adam: one training step",
          "images",
          kSmallBatch,
          StepFlops(784 * 128, 128 * 64 + 64 * 10, kSmallBatch),
          [] {
            Random random(1);
            auto model = std::make_shared<Sequential>(Mlp({784, 128, 64, 10}, Elementwise::kReLU, random));
            return TrainingStep(model, Adam(Variables(*model), {}), {kSmallBatch, 784});
          }};
}

// The network of the experiment `batch_size`, by plain descent: what a batch costs, apart from what it teaches.
Benchmark BatchSizeBenchmark(int64_t batch) {
  return {absl::StrCat("batch_size/", batch),
          "MLP 784-32-10, plain gradient descent: one training step",
          "images",
          batch,
          StepFlops(784 * 32, 32 * 10, batch),
          [batch] {
            Random random(1);
            auto model = std::make_shared<Sequential>(Mlp({784, 32, 10}, Elementwise::kReLU, random));
            return TrainingStep(model, Sgd(Variables(*model), {}), {batch, 784});
          }};
}

// The convolutions of ResNet-18 as it is cut for CIFAR-10 (He et al. 2016, section 4.2's input; torchvision's widths):
// inputs, outputs, kernel, stride, the input's side, and how often.
struct Convolution2d {
  int64_t inputs, outputs, kernel, stride, side, occurrences;
};
constexpr Convolution2d kResNet18[] = {
    {3, 64, 3, 1, 32, 1},    {64, 64, 3, 1, 32, 4},   {64, 128, 3, 2, 32, 1},  {64, 128, 1, 2, 32, 1},
    {128, 128, 3, 1, 16, 3}, {128, 256, 3, 2, 16, 1}, {128, 256, 1, 2, 16, 1}, {256, 256, 3, 1, 8, 3},
    {256, 512, 3, 2, 8, 1},  {256, 512, 1, 2, 8, 1},  {512, 512, 3, 1, 4, 3},
};

// Multiplications and additions of one image, counted as pairs.
double ForwardFlops(const Convolution2d& c) {
  const double side = static_cast<double>(c.side / c.stride);
  return side * side * static_cast<double>(c.outputs * c.inputs * c.kernel * c.kernel);
}

double ResNet18Flops() {
  double first = 0, others = 512 * 10;
  for (const Convolution2d& c : kResNet18) {
    (c.inputs == 3 ? first : others) += static_cast<double>(c.occurrences) * ForwardFlops(c);
  }
  return StepFlops(first, others, kLargeBatch);
}

// ResNet-18 as it is cut for CIFAR-10, the whole step: what its convolutions leave of their speed.
Benchmark ResNet18Benchmark(DType precision) {
  return {"resnet18_cifar",
          "ResNet-18 for 32x32 images, batch 128, SGD with momentum: one training step",
          "images",
          kLargeBatch,
          ResNet18Flops(),
          [=] {
            Random random(1);
            auto model = std::make_shared<Sequential>(ResNet(random, ResNet18()));
            return TrainingStep(model, Sgd(Variables(*model), {.rate = Constant(1e-2), .momentum = 0.9}),
                                {kLargeBatch, 3, 32, 32}, precision);
          }};
}

Benchmark SmallCnnBenchmark(DType precision) {
  const auto convolution = [](double inputs, double outputs, double side) {
    return 9 * inputs * outputs * side * side;
  };
  const double first = convolution(3, 32, 32);
  const double others = convolution(32, 32, 32) + convolution(32, 64, 16) + convolution(64, 64, 16) +
                        convolution(64, 128, 8) + convolution(128, 128, 8) + 128 * 16 * 10;
  return {"smallcnn",
          "small CNN, 3 × [(conv, batch norm, ReLU) × 2, pool], batch 128, SGD with momentum: one training step",
          "images",
          kLargeBatch,
          StepFlops(first, others, kLargeBatch),
          [precision] {
            Random random(1);
            auto model = std::make_shared<Sequential>(SmallCnn(random));
            return TrainingStep(model, Sgd(Variables(*model), {.rate = Constant(1e-2), .momentum = 0.9}),
                                {kLargeBatch, 3, 32, 32}, precision);
          }};
}

// The step of the first epochs, in which everything is learned.
Benchmark FastCifarBenchmark(DType precision) {
  constexpr int64_t kBatch = 1024;
  const auto convolution = [](double inputs, double outputs, double side) {
    return 9 * inputs * outputs * side * side;
  };
  const double first = 4.0 * 3 * 24 * 31 * 31;
  const double others = convolution(24, 64, 31) + convolution(64, 64, 15) + convolution(64, 256, 15) +
                        convolution(256, 256, 7) + convolution(256, 256, 7) + convolution(256, 256, 3) + 256 * 10;
  return {"fast_cifar",
          "the fast CIFAR network (airbench94), batch 1024, its own optimizer: one training step",
          "images",
          kBatch,
          StepFlops(0, others, kBatch) + 2 * first * static_cast<double>(kBatch),
          [precision] {
            Random random(1);
            auto model = std::make_shared<Sequential>(FastCifar(Noise({kBatch, 3, 32, 32}), random));
            return TrainingStep(model, MakeFastCifarRecipe(*model).optimizer, {kBatch, 3, 32, 32}, precision);
          }};
}

Benchmark LeNetBenchmark(DType precision) {
  const double first = 28 * 28 * 6 * 25;
  const double others = 10 * 10 * 16 * 150 + 400 * 120 + 120 * 84 + 84 * 10;
  return {"lenet",
          "LeNet-5, batch 64, SGD with momentum: one training step",
          "images",
          kSmallBatch,
          StepFlops(first, others, kSmallBatch),
          [=] {
            Random random(1);
            auto model = std::make_shared<Sequential>(LeNet5(random));
            return TrainingStep(model, Sgd(Variables(*model), {.rate = Constant(1e-2), .momentum = 0.9}),
                                {kSmallBatch, 1, 28, 28}, precision);
          }};
}

// The network of the moons and its loss, on random points.
class ScalarStep {
 public:
  ScalarStep() : random_(1), mlp_(tape_, {2, 16, 16, 1}, random_) {
    for (int i = 0; i < kPoints; ++i) {
      x_.insert(x_.end(), {random_.Normal(), random_.Normal()});
      t_.push_back(i % 2 == 0 ? 1 : -1);
    }
  }

  void Run() {
    tape_.Rewind(mlp_.parameters().size());
    std::vector<Scalar> scores;
    for (int i = 0; i < kPoints; ++i) scores.push_back(mlp_.Forward({x_[2 * i], x_[2 * i + 1]})[0]);
    tape_.Gradients(HingeLoss(scores, t_) + 1e-4 * SumOfSquares(mlp_.parameters()));
  }

  // Those that Run appends.
  absl::Span<const Tape::Node> nodes() const {
    return absl::MakeConstSpan(tape_.nodes()).subspan(mlp_.parameters().size());
  }

 private:
  static constexpr int kPoints = 16;

  Random random_;
  Tape tape_;
  ScalarMlp mlp_;
  std::vector<double> x_, t_;  // [N, 2], [N]
};

Benchmark ScalarBenchmark() {
  ScalarStep step;
  step.Run();
  double flops = 0;  // one a node forward; backward a multiplication and an addition for each input
  for (const Tape::Node& node : step.nodes()) flops += node.b.input == Tape::kNone ? 3 : 5;
  return {.name = "scalar",
          .about = "scalar engine, MLP 2-16-16-1, 16 points: forward and backward",
          .unit = "nodes",
          .count = static_cast<int64_t>(step.nodes().size()),
          .flops = flops,
          .make = [] { return [step = std::make_shared<ScalarStep>()] { step->Run(); }; }};
}

std::string NameOf(const Convolution2d& c) {
  return absl::StrCat("resnet18_conv/", c.inputs, "-", c.outputs, "@", c.kernel, "x", c.kernel,
                      c.stride == 2 ? "/2" : "", ",", c.side, "x", c.side);
}

// Forward, backward data (not for the image itself) and backward weights, in the memory orders of a steady step.
std::function<void()> ConvolutionStep(const Convolution2d& c, DType precision) {
  const ConvolutionOptions options = {.stride = c.stride, .padding = c.kernel / 2};
  const Shape x_shape = {kLargeBatch, c.inputs, c.side, c.side}, w_shape = {c.outputs, c.inputs, c.kernel, c.kernel};
  Tensor x = Cast(Noise(x_shape), precision), w = Noise(w_shape);
  const Tensor dy = Convolution(x, w, Tensor(), options);
  const bool first = c.inputs == 3;
  if (!first) x = InLayoutOf(x, ConvolutionBackwardData(dy, w, x_shape, options));
  w = InLayoutOf(w, ConvolutionBackwardWeights(x, dy, w_shape, false, options).dw);
  return [=] {
    Convolution(x, w, Tensor(), options);
    if (!first) ConvolutionBackwardData(dy, w, x_shape, options);
    ConvolutionBackwardWeights(x, dy, w_shape, false, options);
  };
}

// One backward pass of batch normalisation, in T, by `backward`.
template <typename T, typename Backward>
std::function<void()> BatchNormStep(Backward backward) {
  Random random(1);
  Rows<T> x(kBatchNormRows, Row<T>(kBatchNormFeatures)), dy = x;
  for (Rows<T>* rows : {&x, &dy}) {
    for (Row<T>& row : *rows) {
      for (T& value : row) value = T(random.Normal());
    }
  }
  const Row<T> ones(T(1), kBatchNormFeatures);
  return [=, cache = BatchNormForward(x, ones, ones, T(1e-5)).cache] { backward(dy, ones, cache); };
}

template <typename Backward>
Benchmark BatchNormBenchmark(const std::string& name, Backward backward) {
  const std::function<void()> counted = BatchNormStep<Counted>(backward);
  Counted::ResetCount();
  counted();
  return {.name = "batchnorm_backward/" + name,
          .about = "batch normalisation of 100 x 500 in double, plain loops: backward",
          .unit = "elements",
          .count = kBatchNormRows * kBatchNormFeatures,
          .flops = static_cast<double>(Counted::count().total()),
          .make = [backward] { return BatchNormStep<double>(backward); }};
}

Benchmark ConvolutionBenchmark(const Convolution2d& c, DType precision) {
  const double forward = ForwardFlops(c);
  const bool first = c.inputs == 3;
  return {NameOf(c),
          "one convolution, batch 128: forward, backward data, backward weights",
          "images",
          kLargeBatch,
          StepFlops(first ? forward : 0, first ? 0 : forward, kLargeBatch),
          [=] { return ConvolutionStep(c, precision); }};
}

}  // namespace

std::vector<Benchmark> AllBenchmarks(DType precision) {
  std::vector<Benchmark> all = {ScalarBenchmark(),
                                MlpBenchmark(),
                                LeNetBenchmark(precision),
                                SmallCnnBenchmark(precision),
                                ResNet18Benchmark(precision),
                                FastCifarBenchmark(precision)};
  all.push_back(BatchNormBenchmark("staged", [](const auto&... a) { BatchNormBackwardStaged(a...); }));
  all.push_back(BatchNormBenchmark("simplified", [](const auto&... a) { BatchNormBackwardSimplified(a...); }));
  for (const int64_t batch : {1, 8, 64, 512, 4096}) all.push_back(BatchSizeBenchmark(batch));
  for (const Benchmark& update : UpdateBenchmarks()) all.push_back(update);
  for (const Benchmark& way : ConvolutionBenchmarks()) all.push_back(way);
  for (const Convolution2d& c : kResNet18) all.push_back(ConvolutionBenchmark(c, precision));
  return all;
}

int64_t OccurrencesInResNet18(const std::string& name) {
  for (const Convolution2d& c : kResNet18) {
    if (NameOf(c) == name) return c.occurrences;
  }
  return 0;
}

}  // namespace dl
