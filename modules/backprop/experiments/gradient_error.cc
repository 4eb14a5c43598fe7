#include "modules/backprop/experiments/gradient_error.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "modules/backprop/gradient_check.h"
#include "modules/backprop/gradients.h"
#include "modules/backprop/losses.h"
#include "modules/backprop/mlp.h"
#include "modules/backprop/ops.h"
#include "modules/primitives/reference/array.h"
#include "modules/primitives/reorder.h"
#include "modules/training/flag_checks.h"
#include "modules/training/interrupt.h"
#include "modules/training/statistics.h"

namespace dl {
namespace {

using Doubles = std::vector<double>;

constexpr int kDecades = 15;   // 1e-1, ..., 1e-15
constexpr double kMargin = 4;  // a regime begins where its term is some ten times the other one

Doubles Elements(const Tensor& tensor) { return reference::FromTensor<double>(tensor).values; }

Tensor MovedBy(const Tensor& x, const std::function<double(int64_t i)>& by, DType dtype) {
  reference::Array<double> array = reference::FromTensor<double>(x);
  for (size_t i = 0; i < array.values.size(); ++i) array.values[i] += by(static_cast<int64_t>(i));
  return Cast(reference::ToTensor(array), dtype);
}

Tensor Normal(const Shape& shape, Random& random) {
  Tensor x(shape);
  std::generate_n(x.mutable_data(), x.size(), [&] { return random.Normal(); });
  return x;
}

// A function of several numbers whose partial derivatives are wanted.
struct Subject {
  std::string name;
  std::function<Doubles(DType dtype, double h)> moved;  // element i: f, computed in `dtype`, with number i moved by h
  Doubles gradient;                                     // the truth
};

// exp(tanh x) at 64 normal points.
Subject ScalarFunction(uint64_t seed) {
  Random random(seed);
  const Tensor x = Normal({64}, random);
  const auto f = [](const Variable& v) { return Apply(Elementwise::kExp, Apply(Elementwise::kTanh, v)); };
  const Variable exact = Cast(x, DType::kF64);
  return {"exp(tanh x)",
          [=](DType dtype, double h) { return Elements(f(MovedBy(x, [h](int64_t) { return h; }, dtype)).value()); },
          Elements(Gradients(Sum(f(exact)), {exact})[0])};
}

// The mean cross-entropy of a 4-8-3 tanh network on 16 random examples, as a function of its 8 · 4 first weights.
class TinyNetwork {
 public:
  explicit TinyNetwork(uint64_t seed)
      : random_(seed), network_(Mlp({4, 8, 3}, Elementwise::kTanh, random_)), x_(Normal({16, 4}, random_)) {
    for (int i = 0; i < 16; ++i) labels_.push_back(static_cast<int32_t>(random_.Below(3)));
    for (const Variable& parameter : Variables(network_)) start_.push_back(parameter.value());
  }

  // Element i: the loss with weight i moved by h.
  Doubles Moved(DType dtype, double h) {
    std::vector<Variable> parameters = Start(dtype);
    Doubles losses;
    for (int64_t i = 0; i < start_[0].size(); ++i) {
      parameters[0].mutable_value() = MovedBy(start_[0], [=](int64_t j) { return i == j ? h : 0; }, dtype);
      losses.push_back(Loss(dtype).value().item());
    }
    return losses;
  }

  Doubles Gradient() {
    const std::vector<Variable> parameters = Start(DType::kF64);
    return Elements(Gradients(Loss(DType::kF64), {parameters[0]})[0]);
  }

 private:
  std::vector<Variable> Start(DType dtype) {
    std::vector<Variable> parameters = Variables(network_);
    for (size_t i = 0; i < start_.size(); ++i) parameters[i].mutable_value() = Cast(start_[i], dtype);
    return parameters;
  }

  Variable Loss(DType dtype) { return CrossEntropy(network_.Forward(Cast(x_, dtype), {}), labels_); }

  Random random_;
  Sequential network_;
  Tensor x_;
  std::vector<int32_t> labels_;
  std::vector<Tensor> start_;  // the parameters as initialised, f32
};

Subject NetworkLoss(uint64_t seed) {
  const auto network = std::make_shared<TinyNetwork>(seed);
  return {"network loss", [network](DType dtype, double h) { return network->Moved(dtype, h); }, network->Gradient()};
}

// |n - g|₂ / |g|₂.
double RelativeError(const Doubles& n, const Doubles& g) {
  double difference = 0, norm = 0;
  for (size_t i = 0; i < n.size(); ++i) {
    difference += (n[i] - g[i]) * (n[i] - g[i]);
    norm += g[i] * g[i];
  }
  return std::sqrt(difference / norm);
}

// A scheme with what theory says of it. Its error is about h^order + ε/h, where f and its derivatives are about one.
struct Scheme {
  std::string name;
  int order;

  double BestStep(DType dtype) const { return std::pow(Epsilon(dtype), 1.0 / (order + 1)); }
  double LeastError(DType dtype) const { return std::pow(Epsilon(dtype), static_cast<double>(order) / (order + 1)); }
};

const Scheme kForward = {"forward", 1}, kCentral = {"central", 2};

using Curve = std::vector<std::pair<double, double>>;  // (h, error), h falling

// The errors of the forward and of the central difference.
std::pair<Curve, Curve> Measure(const Subject& subject, DType dtype, int steps_per_decade) {
  Curve forward, central;
  const Doubles here = subject.moved(dtype, 0);
  for (int k = steps_per_decade; k <= kDecades * steps_per_decade; ++k) {
    const double h = std::pow(10.0, -static_cast<double>(k) / steps_per_decade);
    const Doubles above = subject.moved(dtype, h), below = subject.moved(dtype, -h);
    Doubles one_sided, two_sided;
    for (size_t i = 0; i < here.size(); ++i) {
      one_sided.push_back((above[i] - here[i]) / h);
      two_sided.push_back((above[i] - below[i]) / (2 * h));
    }
    forward.emplace_back(h, RelativeError(one_sided, subject.gradient));
    central.emplace_back(h, RelativeError(two_sided, subject.gradient));
  }
  return {forward, central};
}

// The slope of log error against log h for low <= h <= high: least squares.
double Slope(const Curve& curve, double low, double high) {
  double n = 0, sum_x = 0, sum_y = 0, sum_xx = 0, sum_xy = 0;
  for (const auto& [h, error] : curve) {
    if (h < low || h > high) continue;
    const double x = std::log(h), y = std::log(error);
    n += 1;
    sum_x += x;
    sum_y += y;
    sum_xx += x * x;
    sum_xy += x * y;
  }
  return (n * sum_xy - sum_x * sum_y) / (n * sum_xx - sum_x * sum_x);
}

struct Setting {
  std::string function;
  Scheme scheme;
  DType dtype;
};

void AddRows(const Setting& setting, const std::vector<uint64_t>& seeds, const std::vector<Curve>& curves,
             Table& metrics) {
  for (size_t s = 0; s < seeds.size(); ++s) {
    for (const auto& [h, error] : curves[s]) {
      metrics.AddRow({setting.function, setting.scheme.name, ToString(setting.dtype), seeds[s], h, error});
    }
  }
}

// One curve a seed → one row.
void Summarize(const Setting& setting, const std::vector<Curve>& curves, Table& summary) {
  const auto& [function, scheme, dtype] = setting;
  const double predicted = scheme.BestStep(dtype);
  std::vector<double> steps, errors, truncation, rounding;
  for (const Curve& curve : curves) {
    const auto best = std::min_element(curve.begin(), curve.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    steps.push_back(best->first);
    errors.push_back(best->second);
    truncation.push_back(Slope(curve, kMargin * predicted, 1));
    // Below 10 ε, x + h is x or a tenth off.
    rounding.push_back(Slope(curve, 10 * Epsilon(dtype), predicted / kMargin));
  }
  summary.AddRow({function, scheme.name, ToString(dtype), curves.size(), Mean(steps), StandardDeviation(steps),
                  predicted, Mean(errors), StandardDeviation(errors), scheme.LeastError(dtype), Mean(truncation),
                  StandardDeviation(truncation), Mean(rounding), StandardDeviation(rounding)});
}

}  // namespace

void GradientError::AddFlags(FlagSet& flags) {
  flags.Add("steps_per_decade", &steps_per_decade_, "how many steps h between 1e-1 and 1e-2, and so on");
  flags.Add("seeds", &seeds_, "each draws points, weights and examples");
}

absl::StatusOr<ExperimentResult> GradientError::Run(Progress& progress) {
  // A slope over two thirds of a decade needs two points.
  if (absl::Status status =
          FirstError({WantsSeeds(seeds_), WantsBetween("steps_per_decade", steps_per_decade_, 3, 100)});
      !status.ok()) {
    return status;
  }
  Table metrics({"function", "scheme", "precision", "seed", "h", "error"});
  Table summary({"function", "scheme", "precision", "n", "best_h_mean", "best_h_std", "predicted_h", "least_error_mean",
                 "least_error_std", "predicted_error", "truncation_slope_mean", "truncation_slope_std",
                 "rounding_slope_mean", "rounding_slope_std"});
  const int64_t parts = 4 * static_cast<int64_t>(seeds_.size());
  int64_t done = 0;
  for (const auto make : {ScalarFunction, NetworkLoss}) {
    for (DType dtype : {DType::kF32, DType::kF64}) {
      std::map<std::string, std::vector<Curve>> curves;  // by the scheme's name: one a seed
      std::string function;
      for (uint64_t seed : seeds_) {
        if (absl::Status status = CheckInterrupt(); !status.ok()) return status;
        const Subject subject = make(seed);
        function = subject.name;
        progress.Part(absl::StrCat(function, " in ", ToString(dtype), " seed ", seed), done++, parts);
        const auto [forward, central] = Measure(subject, dtype, steps_per_decade_);
        curves[kForward.name].push_back(forward);
        curves[kCentral.name].push_back(central);
      }
      for (const Scheme& scheme : {kForward, kCentral}) {
        AddRows({function, scheme, dtype}, seeds_, curves[scheme.name], metrics);
        Summarize({function, scheme, dtype}, curves[scheme.name], summary);
      }
    }
  }
  return ExperimentResult{
      .metrics = std::move(metrics), .summary = std::move(summary), .seeds = seeds_, .datasets = {}};
}

}  // namespace dl
