#include "modules/backprop/experiments/op_table.h"

#include <cmath>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "modules/backprop/initialized_mlp.h"
#include "modules/backprop/linear.h"
#include "modules/backprop/losses.h"
#include "modules/backprop/mlp.h"
#include "modules/backprop/ops.h"
#include "modules/cnn/all_conv.h"
#include "modules/cnn/batch_norm.h"
#include "modules/cnn/blur_pool.h"
#include "modules/cnn/conv2d.h"
#include "modules/cnn/dropout.h"
#include "modules/cnn/fast_cifar.h"
#include "modules/cnn/group_norm.h"
#include "modules/cnn/lenet.h"
#include "modules/cnn/locally_connected2d.h"
#include "modules/cnn/nielsen.h"
#include "modules/cnn/ops.h"
#include "modules/cnn/residual.h"
#include "modules/cnn/resnet.h"
#include "modules/cnn/small_cnn.h"
#include "modules/cnn/three_conv_three_dense.h"
#include "modules/cnn/two_conv_two_dense.h"
#include "modules/cnn/vgg.h"
#include "modules/cnn/whitening.h"
#include "modules/primitives/reorder.h"

namespace dl {
namespace {

// The bars, for f64, h = 1e-5 and numbers about one: truncation errs by h²/6 |f'''| = 2e-11 |f'''|, rounding by about
// ε |f| / h = 2e-11 |f|. Those with a source are the bars of CS231n's assignments of 2026, for the same h.
constexpr double kCopied = 1e-12;  // each output is an input: nothing is rounded (ReLU and max-pool there)
constexpr double kLinear = 1e-10;  // no truncation; a few roundings (affine there)
constexpr double kSmooth = 1e-9;   // of one or two elements: |f'''| up to 25 |f'| where we look
constexpr double kCoupled = 1e-8;  // many elements meet in one output (softmax, normalisations, convolution there)
constexpr double kNetwork = 1e-7;  // layer upon layer (the whole network there)

using Variables = std::vector<Variable>;
using Function = std::function<Variable(const Variables& v)>;

enum class Domain { kAny, kAwayFromZero, kPositive };

struct Input {
  std::string name;
  Shape shape;
  Domain domain = Domain::kAny;
};

// Normal, moved away from zero by 1/2 where the domain asks for it; drawn in f32, so that it is the same in every type.
Tensor Draw(const Input& input, DType dtype, Random& random) {
  Tensor tensor(input.shape);
  float* values = tensor.mutable_data();
  for (int64_t i = 0; i < tensor.size(); ++i) {
    const float z = random.Normal();
    values[i] = input.domain == Domain::kAny ? z : z + std::copysign(0.5f, z);
    if (input.domain == Domain::kPositive) values[i] = std::abs(values[i]);
  }
  return Cast(tensor, dtype);
}

// A function of inputs that are drawn at random. The room and the kind are filled in by Append.
OpEntry Op(std::string name, std::string declaration, double bar, std::vector<Input> inputs, Function f) {
  const auto make = [inputs = std::move(inputs), f = std::move(f)](DType dtype) {
    Random random(1);
    OpCase result;
    Variables variables;
    for (const Input& input : inputs) {
      variables.push_back(Draw(input, dtype, random));
      result.inputs.push_back({input.name, variables.back()});
    }
    result.f = [f, variables] { return f(variables); };
    return result;
  };
  return {std::move(name), std::move(declaration), "", "", bar, 0, make};
}

// A layer or network as a function of x and its parameters, whose biases would be zeros but for a little noise.
OpEntry OfLayer(std::string name, std::string declaration, double bar, Shape x,
                std::function<std::shared_ptr<Layer>(Random&)> make_layer, int64_t sample = 0) {
  const auto make = [x = std::move(x), make_layer = std::move(make_layer)](DType dtype) {
    Random random(1);
    OpCase result;
    const Variable input = Draw({"x", x}, dtype, random);
    result.inputs.push_back({"x", input});
    const std::shared_ptr<Layer> layer = make_layer(random);
    for (Parameter& parameter : layer->Parameters()) {
      const Tensor noise = Scale(Draw({"", parameter.variable.shape()}, DType::kF32, random), 0.1f);
      parameter.variable.mutable_value() = Cast(Add(parameter.variable.value(), noise), dtype);
      result.inputs.push_back(std::move(parameter));
    }
    result.f = [layer, input] {
      Random chance(2);  // the same in each call
      return layer->Forward(input, {.training = true, .random = &chance});
    };
    return result;
  };
  return {std::move(name), std::move(declaration), "", "", bar, sample, make};
}

template <typename L, typename... Arguments>
std::function<std::shared_ptr<Layer>(Random&)> Make(Arguments... arguments) {
  return [=](Random&) { return std::make_shared<L>(arguments...); };
}

double Bar(Elementwise f) {
  return f == Elementwise::kReLU || f == Elementwise::kLeakyReLU || f == Elementwise::kAbs ? kCopied : kSmooth;
}

std::vector<OpEntry> BackpropOps() {
  const Input a{"a", {4, 5}}, b{"b", {1, 5}}, x{"x", {4, 5}}, divisor{"b", {1, 5}, Domain::kAwayFromZero};
  std::vector<OpEntry> ops = {
      Op("add", "operator+(a, b)", kLinear, {a, b}, [](auto& v) { return v[0] + v[1]; }),
      Op("subtract", "operator-(a, b)", kLinear, {a, b}, [](auto& v) { return v[0] - v[1]; }),
      Op("multiply", "operator*(a, b)", kLinear, {a, b}, [](auto& v) { return v[0] * v[1]; }),
      Op("divide", "operator/(a, b)", kSmooth, {a, divisor}, [](auto& v) { return v[0] / v[1]; }),
  };
  for (Binary op : {Binary::kMaximum, Binary::kMinimum, Binary::kGreaterEqual}) {
    ops.push_back(
        Op(ToString(op), "Apply(op, a, b)", kCopied, {a, b}, [op](auto& v) { return Apply(op, v[0], v[1]); }));
  }
  for (Elementwise f : AllElementwise()) {
    const Input argument{"x", {4, 5}, f == Elementwise::kSqrt ? Domain::kPositive : Domain::kAny};
    ops.push_back(Op(ToString(f), "Apply(f, x)", Bar(f), {argument}, [f](auto& v) { return Apply(f, v[0]); }));
  }
  for (const Transposed t : {Transposed{}, Transposed{.a = true}, Transposed{.b = true}, Transposed{true, true}}) {
    ops.push_back(Op(absl::StrCat("matmul", t.a ? "_ta" : "", t.b ? "_tb" : ""), "MatMul(a, b, transposed)", kLinear,
                     {{"a", t.a ? Shape{3, 4} : Shape{4, 3}}, {"b", t.b ? Shape{5, 3} : Shape{3, 5}}},
                     [t](auto& v) { return MatMul(v[0], v[1], t); }));
  }
  ops.push_back(Op("affine", "Affine(x, w, b)", kLinear, {{"x", {4, 3}}, {"w", {5, 3}}, {"b", {5}}},
                   [](auto& v) { return Affine(v[0], v[1], v[2]); }));
  for (Reduction f : {Reduction::kSum, Reduction::kMean, Reduction::kMax}) {
    ops.push_back(Op(absl::StrCat("reduce_", ToString(f)), "Reduce(f, x, axes, keep_dims)",
                     f == Reduction::kMax ? kCopied : kLinear, {{"x", {4, 5, 2}}},
                     [f](auto& v) { return Reduce(f, v[0], {1}); }));
  }
  const std::vector<OpEntry> rest = {
      Op("sum", "Sum(x)", kLinear, {x}, [](auto& v) { return Sum(v[0]); }),
      Op("mean", "Mean(x)", kLinear, {x}, [](auto& v) { return Mean(v[0]); }),
      Op("reshape", "Reshape(x, shape)", kCopied, {x},
         [](auto& v) {
           return Reshape(v[0], {2, 10});
         }),
      Op("cast", "Cast(x, dtype)", kCopied, {x},
         [](auto& v) { return Cast(Cast(v[0], DType::kF64), v[0].value().dtype()); }),
      Op("flatten", "Flatten(x)", kCopied, {{"x", {4, 5, 2}}}, [](auto& v) { return Flatten(v[0]); }),
      Op("softmax", "Softmax(x)", kCoupled, {x}, [](auto& v) { return Softmax(v[0]); }),
      Op("log_softmax", "LogSoftmax(x)", kCoupled, {x}, [](auto& v) { return LogSoftmax(v[0]); }),
      Op("layer_norm", "LayerNorm(x, scale, shift, epsilon)", kCoupled, {x, {"scale", {5}}, {"shift", {5}}},
         [](auto& v) { return LayerNorm(v[0], v[1], v[2]); }),
      Op("concat", "Concat(parts, axis)", kCopied, {{"a", {2, 3, 2}}, {"b", {2, 4, 2}}},
         [](auto& v) {
           return Concat({v[0], v[1]}, 1);
         }),
  };
  ops.insert(ops.end(), rest.begin(), rest.end());
  return ops;
}

// `target` as a tensor in the type of the prediction.
Tensor TargetLike(const Variable& y, absl::Span<const float> target) {
  return Cast(Tensor::Of(y.shape(), target), y.value().dtype());
}

std::vector<OpEntry> Losses() {
  const Input y{"y", {2, 4}}, logits{"logits", {2, 4}};
  return {
      Op("mean_squared_error", "MeanSquaredError(y, target)", kCoupled, {y},
         [](auto& v) {
           return MeanSquaredError(v[0], TargetLike(v[0], {1, -2, 0, 0.5, 3, 1, -1, 2}));
         }),
      Op("cross_entropy", "CrossEntropy(logits, labels)", kCoupled, {logits},
         [](auto& v) {
           return CrossEntropy(v[0], std::vector<int32_t>{3, 1});
         }),
      Op("cross_entropy_smoothed", "SmoothedCrossEntropy(logits, labels, smoothing)", kCoupled, {logits},
         [](auto& v) {
           return SmoothedCrossEntropy(v[0], std::vector<int32_t>{3, 1}, 0.2f);
         }),
      Op("binary_cross_entropy", "BinaryCrossEntropyWithLogits(logits, target)", kCoupled, {logits},
         [](auto& v) {
           return BinaryCrossEntropyWithLogits(v[0], TargetLike(v[0], {1, 0, 0, 1, 0.25, 1, 0, 0.5}));
         }),
      Op("hinge_loss", "HingeLoss(scores, target)", kCoupled, {{"scores", {2, 4}}},
         [](auto& v) {
           return HingeLoss(v[0], TargetLike(v[0], {1, -1, -1, 1, 1, 1, -1, -1}));
         }),
      Op("huber_loss", "HuberLoss(y, target, delta)", kCoupled, {y},
         [](auto& v) {
           return HuberLoss(v[0], TargetLike(v[0], {1, -2, 0, 0.5, 3, 1, -1, 2}));
         }),
      Op("sigmoid_cross_entropy", "SigmoidCrossEntropy(logits, labels)", kCoupled, {logits},
         [](auto& v) {
           return SigmoidCrossEntropy(v[0], std::vector<int32_t>{3, 1});
         }),
      Op("sigmoid_squared_error", "SigmoidSquaredError(logits, labels)", kCoupled, {logits},
         [](auto& v) {
           return SigmoidSquaredError(v[0], std::vector<int32_t>{3, 1});
         }),
      Op("l2_penalty", "L2Penalty(weights, lambda)", kCoupled, {{"w1", {3, 4}}, {"w2", {2, 3}}},
         [](auto& v) { return L2Penalty(v, 0.1f); }),
  };
}

std::vector<OpEntry> BackpropLayers() {
  return {
      OfLayer("linear", "Linear", kLinear, {3, 2, 2}, [](Random& r) { return std::make_shared<Linear>(4, 3, r); }),
      OfLayer("linear_no_bias", "Linear", kLinear, {3, 4},
              [](Random& r) { return std::make_shared<Linear>(4, 3, r, KaimingNormal, false); }),
      OfLayer("flatten_layer", "FlattenLayer", kCopied, {3, 2, 2}, Make<FlattenLayer>()),
      OfLayer("activation", "Activation", kSmooth, {4, 5}, Make<Activation>(Elementwise::kTanh)),
      OfLayer("sequential", "Sequential", kNetwork, {4, 5},
              [](Random& r) { return std::make_shared<Sequential>(Linear(5, 4, r), Activation(Elementwise::kGELU)); }),
  };
}

std::vector<OpEntry> BackpropNetworks() {
  const Shape x = {5, 6};
  return {OfLayer("mlp", "Mlp(widths, activation, random, initializer)", kNetwork, x,
                  [](Random& r) {
                    return std::make_shared<Sequential>(Mlp({6, 8, 7, 4}, Elementwise::kReLU, r));
                  }),
          OfLayer("initialized_mlp", "InitializedMlp(widths, activation, initialization, x, random)", kNetwork, x,
                  [x](Random& r) {
                    const Tensor batch = NormalInit(1)(x, r);
                    return std::make_shared<Sequential>(InitializedMlp(
                        {6, 8, 7, 4}, Elementwise::kTanh, {.weights = XavierNormal, .lsuv = true}, batch, r));
                  })};
}

OpEntry Conv(std::string name, const ConvolutionOptions& o) {
  return Op(std::move(name), "Convolution(x, w, b, options)", kCoupled,
            {{"x", {2, 4, 6, 5}}, {"w", {6, 4 / o.groups, 3, 3}}, {"b", {6}}},
            [o](auto& v) { return Convolution(v[0], v[1], v[2], o); });
}

OpEntry BatchNorm(std::string name, Shape x, const BatchNormalizationOptions& o) {
  return Op(std::move(name), "BatchNormalization(x, scale, shift, options)", kCoupled,
            {{"x", std::move(x)}, {"scale", {3}}, {"shift", {3}}},
            [o](auto& v) { return BatchNormalization(v[0], v[1], v[2], o).y; });
}

std::vector<OpEntry> CnnOps() {
  const Input x{"x", {2, 3, 6, 6}};
  const auto max_pool = [](const PoolingOptions& o) { return [o](auto& v) { return MaxPool(v[0], o); }; };
  const auto average_pool = [](const PoolingOptions& o) { return [o](auto& v) { return AveragePool(v[0], o); }; };
  const PoolingOptions overlapping = {.kernel = 3, .stride = 2, .padding = 1};
  return {
      Conv("convolution", {.padding = 1}),
      Conv("convolution_stride", {.stride = 2, .padding = 1}),
      Conv("convolution_groups", {.groups = 2}),
      Conv("convolution_dilation", {.padding = 2, .dilation = 2}),
      Op("convolution_no_bias", "Convolution(x, w, options)", kCoupled, {x, {"w", {4, 3, 3, 3}}},
         [](auto& v) { return Convolution(v[0], v[1], ConvolutionOptions{.padding = 1}); }),
      BatchNorm("batch_norm", {3, 3, 2, 2}, {}),
      BatchNorm("batch_norm_rows", {8, 3}, {}),
      BatchNorm("batch_norm_relu", {3, 3, 2, 2}, {.relu = true}),
      Op("batch_norm_inference", "BatchNormalizationInference(x, statistics, scale, shift, options)", kCoupled,
         {x, {"scale", {3}}, {"shift", {3}}},
         [](auto& v) {
           const BatchStatistics statistics = {.mean = Cast(Tensor::Of({3}, {0.1f, -0.2f, 0}), v[0].value().dtype()),
                                               .variance = Cast(Tensor::Of({3}, {1, 0.5f, 2}), v[0].value().dtype())};
           return BatchNormalizationInference(v[0], statistics, v[1], v[2], {.relu = true});
         }),
      Op("batch_norm_add_relu", "BatchNormalizationAddReLU(x, scale, shift, around, options)", kCoupled,
         {{"x", {3, 3, 2, 2}}, {"scale", {3}}, {"shift", {3}}, {"around", {3, 3, 2, 2}}},
         [](auto& v) { return BatchNormalizationAddReLU(v[0], v[1], v[2], v[3]).y; }),
      Op("add_relu", "AddReLU(a, b)", kLinear, {{"a", {2, 3, 4, 4}}, {"b", {2, 3, 4, 4}}},
         [](auto& v) { return AddReLU(v[0], v[1]); }),
      Op("max_pool", "MaxPool(x, options)", kCopied, {x}, max_pool({})),
      Op("max_pool_overlapping", "MaxPool(x, options)", kCopied, {x}, max_pool(overlapping)),
      Op("average_pool", "AveragePool(x, options)", kLinear, {x}, average_pool({})),
      Op("average_pool_overlapping", "AveragePool(x, options)", kLinear, {x}, average_pool(overlapping)),
      Op("locally_connected", "LocallyConnected(x, w, b, options)", kCoupled,
         {{"x", {2, 3, 5, 6}}, {"w", {4, 3, 3, 3, 3, 3}}, {"b", {4, 3, 3}}},
         [](auto& v) {
           return LocallyConnected(v[0], v[1], v[2], {.stride = 2, .padding = 1});
         }),
      Op("blur_pool", "BlurPool(x, options)", kCoupled, {x}, [](auto& v) { return BlurPool(v[0]); }),
      Op("group_norm", "GroupNorm(x, weight, bias, groups, epsilon)", kCoupled,
         {{"x", {2, 4, 3, 3}}, {"weight", {4}}, {"bias", {4}}}, [](auto& v) { return GroupNorm(v[0], v[1], v[2], 2); }),
      Op("drop_elements", "DropElements(x, rate, key)", kLinear, {x},
         [](auto& v) { return DropElements(v[0], 0.4f, 3); }),
      Op("drop_maps", "DropMaps(x, rate, key)", kLinear, {x}, [](auto& v) { return DropMaps(v[0], 0.4f, 3); }),
      Op("average_pool_global", "AveragePool(x, options)", kLinear, {x}, average_pool({.kernel = kWholeMap})),
  };
}

std::vector<OpEntry> CnnLayers() {
  const Shape x = {2, 3, 4, 4};
  return {
      OfLayer("batch_norm2d", "BatchNorm2d", kCoupled, x, Make<BatchNorm2d>(3)),
      OfLayer("residual_block", "ResidualBlock", kCoupled, x,
              [](Random& r) {
                return std::make_shared<ResidualBlock>(ResidualBlockOptions{.inputs = 3, .outputs = 4, .stride = 2}, r);
              }),
      OfLayer("residual_block_padding", "ResidualBlock", kCoupled, x,
              [](Random& r) {
                return std::make_shared<ResidualBlock>(
                    ResidualBlockOptions{.inputs = 3, .outputs = 5, .stride = 2, .shortcut = Shortcut::kPadding}, r);
              }),
      OfLayer("conv2d", "Conv2d", kCoupled, x, [](Random& r) { return std::make_shared<Conv2d>(3, 4, 3, r); }),
      OfLayer("locally_connected2d", "LocallyConnected2d", kCoupled, x,
              [](Random& r) { return std::make_shared<LocallyConnected2d>(3, 2, 3, 4, r); }),
      OfLayer("blur_pool2d", "BlurPool2d", kCoupled, x, Make<BlurPool2d>()),
      OfLayer("group_norm2d", "GroupNorm2d", kCoupled, {2, 4, 3, 3}, Make<GroupNorm2d>(2, 4)),
      OfLayer("layer_norm1d", "LayerNorm1d", kCoupled, {4, 6}, Make<LayerNorm1d>(6)),
      OfLayer("whitening2d", "Whitening2d", kCoupled, x,
              [x](Random& r) { return std::make_shared<Whitening2d>(NormalInit(1)(x, r), 2, r); }),
      OfLayer("dropout", "Dropout", kLinear, x, Make<Dropout>(0.5f)),
      OfLayer("dropout2d", "Dropout2d", kLinear, x, Make<Dropout2d>(0.5f)),
      OfLayer("max_pool2d", "MaxPool2d", kCopied, x, Make<MaxPool2d>()),
      OfLayer("average_pool2d", "AveragePool2d", kLinear, x, Make<AveragePool2d>()),
  };
}

// A network as a function of x and its parameters, of each of which four elements are moved.
OpEntry Network(std::string name, std::string declaration, Shape x, Sequential (*make)(Random& random)) {
  const auto shared = [make](Random& random) { return std::make_shared<Sequential>(make(random)); };
  return OfLayer(std::move(name), std::move(declaration), kNetwork, std::move(x), shared, 4);
}

std::vector<OpEntry> CnnNetworks() {
  return {
      Network("resnet", "ResNet(random, options)", {2, 1, 8, 8},
              [](Random& r) {
                return ResNet(r, {.inputs = 1, .classes = 4, .widths = {4, 6}, .blocks = {1, 1}});
              }),
      Network("lenet5", "LeNet5(random, options)", {1, 1, 28, 28}, [](Random& r) { return LeNet5(r); }),
      Network("lenet5_classic", "LeNet5Classic(random, options, activation)", {1, 1, 28, 28},
              [](Random& r) { return LeNet5Classic(r, {}, Elementwise::kTanh); }),
      Network("two_conv_two_dense", "TwoConvTwoDense(random, options)", {1, 1, 28, 28},
              [](Random& r) { return TwoConvTwoDense(r, {.first = 2, .second = 3, .hidden = 8}); }),
      Network("three_conv_three_dense", "ThreeConvThreeDense(random, options)", {1, 1, 20, 20},
              [](Random& r) {
                return ThreeConvThreeDense(
                    r, {.channels = 1, .size = 20, .first = 2, .second = 3, .third = 2, .hidden = 8, .last = 6});
              }),
      Network("small_cnn", "SmallCnn(random, options)", {3, 2, 8, 8},
              [](Random& r) {
                return SmallCnn(r, {.channels = 2, .size = 8, .widths = {3, 4}});
              }),
      // Dropout between convolutions sees elements in memory order, which is another in f32 than in f64.
      Network("all_conv", "AllConv(random, options)", {1, 2, 10, 10},
              [](Random& r) { return AllConv(r, {.channels = 2, .first = 2, .second = 3, .dropout = 0}); }),
      Network("nielsen", "Nielsen(random, options)", {2, 1, 16, 16},
              [](Random& r) {
                return Nielsen(r, {.size = 16, .maps = {2, 3}, .hidden = {8}, .dropout = 0.5f});
              }),
      Network("vgg", "VggNet(random, options)", {3, 1, 8, 8},
              [](Random& r) {
                return VggNet(r, {.channels = 1, .size = 8, .classes = 5, .stages = {{3}, {4, 4}}, .hidden = {6}});
              }),
      Network("fast_cifar", "FastCifar(images, random, options)", {6, 2, 8, 8},
              [](Random& r) {
                return FastCifar(NormalInit(1)({5, 2, 10, 10}, r), r, {.classes = 3, .widths = {4}});
              }),
  };
}

}  // namespace

const std::vector<OpEntry>& OpTable() {
  static const auto* table = [] {
    auto* entries = new std::vector<OpEntry>;
    const auto append = [&](const char* room, const char* kind, std::vector<OpEntry> part) {
      for (OpEntry& entry : part) {
        entry.room = room;
        entry.kind = kind;
        entries->push_back(std::move(entry));
      }
    };
    append("backprop", "op", BackpropOps());
    append("backprop", "loss", Losses());
    append("backprop", "layer", BackpropLayers());
    append("backprop", "network", BackpropNetworks());
    append("cnn", "op", CnnOps());
    append("cnn", "layer", CnnLayers());
    append("cnn", "network", CnnNetworks());
    return entries;
  }();
  return *table;
}

}  // namespace dl
