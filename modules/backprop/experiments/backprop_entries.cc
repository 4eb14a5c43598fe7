#include "modules/backprop/experiments/backprop_entries.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "modules/backprop/initialized_mlp.h"
#include "modules/backprop/linear.h"
#include "modules/backprop/losses.h"
#include "modules/backprop/mlp.h"
#include "modules/backprop/ops.h"
#include "modules/primitives/reorder.h"

namespace dl {
namespace {

double Bar(Elementwise f) {
  return f == Elementwise::kReLU || f == Elementwise::kLeakyReLU || f == Elementwise::kAbs ? kCopiedBar : kSmoothBar;
}

}  // namespace

std::vector<OpEntry> BackpropOps() {
  const OpInput a{"a", {4, 5}}, b{"b", {1, 5}}, x{"x", {4, 5}}, divisor{"b", {1, 5}, OpDomain::kAwayFromZero};
  std::vector<OpEntry> ops = {
      EntryOfOp("add", "operator+(a, b)", kLinearBar, {a, b}, [](auto& v) { return v[0] + v[1]; }),
      EntryOfOp("subtract", "operator-(a, b)", kLinearBar, {a, b}, [](auto& v) { return v[0] - v[1]; }),
      EntryOfOp("multiply", "operator*(a, b)", kLinearBar, {a, b}, [](auto& v) { return v[0] * v[1]; }),
      EntryOfOp("divide", "operator/(a, b)", kSmoothBar, {a, divisor}, [](auto& v) { return v[0] / v[1]; }),
  };
  for (Binary op : {Binary::kMaximum, Binary::kMinimum, Binary::kGreaterEqual}) {
    ops.push_back(EntryOfOp(ToString(op), "Apply(op, a, b)", kCopiedBar, {a, b},
                            [op](auto& v) { return Apply(op, v[0], v[1]); }));
  }
  for (Elementwise f : AllElementwise()) {
    const OpInput argument{"x", {4, 5}, f == Elementwise::kSqrt ? OpDomain::kPositive : OpDomain::kAny};
    ops.push_back(EntryOfOp(ToString(f), "Apply(f, x)", Bar(f), {argument}, [f](auto& v) { return Apply(f, v[0]); }));
  }
  for (const Transposed t : {Transposed{}, Transposed{.a = true}, Transposed{.b = true}, Transposed{true, true}}) {
    ops.push_back(EntryOfOp(absl::StrCat("matmul", t.a ? "_ta" : "", t.b ? "_tb" : ""), "MatMul(a, b, transposed)",
                            kLinearBar,
                            {{"a", t.a ? Shape{3, 4} : Shape{4, 3}}, {"b", t.b ? Shape{5, 3} : Shape{3, 5}}},
                            [t](auto& v) { return MatMul(v[0], v[1], t); }));
  }
  ops.push_back(EntryOfOp("affine", "Affine(x, w, b)", kLinearBar, {{"x", {4, 3}}, {"w", {5, 3}}, {"b", {5}}},
                          [](auto& v) { return Affine(v[0], v[1], v[2]); }));
  for (Reduction f : {Reduction::kSum, Reduction::kMean, Reduction::kMax}) {
    ops.push_back(EntryOfOp(absl::StrCat("reduce_", ToString(f)), "Reduce(f, x, axes, keep_dims)",
                            f == Reduction::kMax ? kCopiedBar : kLinearBar, {{"x", {4, 5, 2}}},
                            [f](auto& v) { return Reduce(f, v[0], {1}); }));
  }
  const std::vector<OpEntry> rest = {
      EntryOfOp("sum", "Sum(x)", kLinearBar, {x}, [](auto& v) { return Sum(v[0]); }),
      EntryOfOp("mean", "Mean(x)", kLinearBar, {x}, [](auto& v) { return Mean(v[0]); }),
      EntryOfOp("reshape", "Reshape(x, shape)", kCopiedBar, {x},
                [](auto& v) {
                  return Reshape(v[0], {2, 10});
                }),
      EntryOfOp("cast", "Cast(x, dtype)", kCopiedBar, {x},
                [](auto& v) { return Cast(Cast(v[0], DType::kF64), v[0].value().dtype()); }),
      EntryOfOp("flatten", "Flatten(x)", kCopiedBar, {{"x", {4, 5, 2}}}, [](auto& v) { return Flatten(v[0]); }),
      EntryOfOp("softmax", "Softmax(x)", kCoupledBar, {x}, [](auto& v) { return Softmax(v[0]); }),
      EntryOfOp("log_softmax", "LogSoftmax(x)", kCoupledBar, {x}, [](auto& v) { return LogSoftmax(v[0]); }),
      EntryOfOp("layer_norm", "LayerNorm(x, scale, shift, epsilon)", kCoupledBar, {x, {"scale", {5}}, {"shift", {5}}},
                [](auto& v) { return LayerNorm(v[0], v[1], v[2]); }),
      EntryOfOp("concat", "Concat(parts, axis)", kCopiedBar, {{"a", {2, 3, 2}}, {"b", {2, 4, 2}}},
                [](auto& v) {
                  return Concat({v[0], v[1]}, 1);
                }),
  };
  ops.insert(ops.end(), rest.begin(), rest.end());
  return ops;
}

namespace {

// `target` as a tensor in the type of the prediction.
Tensor TargetLike(const Variable& y, absl::Span<const float> target) {
  return Cast(Tensor::Of(y.shape(), target), y.value().dtype());
}

}  // namespace

std::vector<OpEntry> BackpropLosses() {
  const OpInput y{"y", {2, 4}}, logits{"logits", {2, 4}};
  return {
      EntryOfOp("mean_squared_error", "MeanSquaredError(y, target)", kCoupledBar, {y},
                [](auto& v) {
                  return MeanSquaredError(v[0], TargetLike(v[0], {1, -2, 0, 0.5, 3, 1, -1, 2}));
                }),
      EntryOfOp("cross_entropy", "CrossEntropy(logits, labels)", kCoupledBar, {logits},
                [](auto& v) {
                  return CrossEntropy(v[0], std::vector<int32_t>{3, 1});
                }),
      EntryOfOp("cross_entropy_smoothed", "SmoothedCrossEntropy(logits, labels, smoothing)", kCoupledBar, {logits},
                [](auto& v) {
                  return SmoothedCrossEntropy(v[0], std::vector<int32_t>{3, 1}, 0.2f);
                }),
      EntryOfOp("binary_cross_entropy", "BinaryCrossEntropyWithLogits(logits, target)", kCoupledBar, {logits},
                [](auto& v) {
                  return BinaryCrossEntropyWithLogits(v[0], TargetLike(v[0], {1, 0, 0, 1, 0.25, 1, 0, 0.5}));
                }),
      EntryOfOp("hinge_loss", "HingeLoss(scores, target)", kCoupledBar, {{"scores", {2, 4}}},
                [](auto& v) {
                  return HingeLoss(v[0], TargetLike(v[0], {1, -1, -1, 1, 1, 1, -1, -1}));
                }),
      EntryOfOp("huber_loss", "HuberLoss(y, target, delta)", kCoupledBar, {y},
                [](auto& v) {
                  return HuberLoss(v[0], TargetLike(v[0], {1, -2, 0, 0.5, 3, 1, -1, 2}));
                }),
      EntryOfOp("sigmoid_cross_entropy", "SigmoidCrossEntropy(logits, labels)", kCoupledBar, {logits},
                [](auto& v) {
                  return SigmoidCrossEntropy(v[0], std::vector<int32_t>{3, 1});
                }),
      EntryOfOp("sigmoid_squared_error", "SigmoidSquaredError(logits, labels)", kCoupledBar, {logits},
                [](auto& v) {
                  return SigmoidSquaredError(v[0], std::vector<int32_t>{3, 1});
                }),
      EntryOfOp("l2_penalty", "L2Penalty(weights, lambda)", kCoupledBar, {{"w1", {3, 4}}, {"w2", {2, 3}}},
                [](auto& v) { return L2Penalty(v, 0.1f); }),
  };
}

std::vector<OpEntry> BackpropLayers() {
  return {
      EntryOfLayer("linear", "Linear", kLinearBar, {3, 2, 2},
                   [](Random& r) { return std::make_shared<Linear>(4, 3, r); }),
      EntryOfLayer("linear_no_bias", "Linear", kLinearBar, {3, 4},
                   [](Random& r) { return std::make_shared<Linear>(4, 3, r, KaimingNormal, false); }),
      EntryOfLayer("flatten_layer", "FlattenLayer", kCopiedBar, {3, 2, 2}, MakerOf<FlattenLayer>()),
      EntryOfLayer("activation", "Activation", kSmoothBar, {4, 5}, MakerOf<Activation>(Elementwise::kTanh)),
      EntryOfLayer(
          "sequential", "Sequential", kNetworkBar, {4, 5},
          [](Random& r) { return std::make_shared<Sequential>(Linear(5, 4, r), Activation(Elementwise::kGELU)); }),
  };
}

std::vector<OpEntry> BackpropNetworks() {
  const Shape x = {5, 6};
  return {EntryOfLayer("mlp", "Mlp(widths, activation, random, initializer)", kNetworkBar, x,
                       [](Random& r) {
                         return std::make_shared<Sequential>(Mlp({6, 8, 7, 4}, Elementwise::kReLU, r));
                       }),
          EntryOfLayer("initialized_mlp", "InitializedMlp(widths, activation, initialization, x, random)", kNetworkBar,
                       x, [x](Random& r) {
                         const Tensor batch = NormalInit(1)(x, r);
                         return std::make_shared<Sequential>(InitializedMlp(
                             {6, 8, 7, 4}, Elementwise::kTanh, {.weights = XavierNormal, .lsuv = true}, batch, r));
                       })};
}
}  // namespace dl
