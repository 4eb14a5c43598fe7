#include "modules/backprop/experiments/batchnorm_backward.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "modules/backprop/batch_norm_backward.h"
#include "modules/backprop/counted.h"
#include "modules/base/random.h"
#include "modules/primitives/batch_normalization.h"
#include "modules/training/flag_checks.h"
#include "modules/training/interrupt.h"
#include "modules/training/statistics.h"

namespace dl {
namespace {

constexpr double kEpsilon = 1e-5, kStep = 1e-5;  // of the layer, and of central differences
// Of two examples the gradient all but cancels: what is left is rounding.
constexpr int64_t kLeastExamples = 3, kMostExamples = 1024, kMostFeatures = 256;

// The random numbers of one comparison. All of them are f32 numbers, so that both precisions see the same.
struct Problem {
  Rows<double> x, dy;        // [N, D]
  Row<double> scale, shift;  // [D]
};

Row<double> RandomRow(int64_t d, Random& random) {
  Row<double> row(d);
  for (double& value : row) value = random.Normal();
  return row;
}

Problem MakeProblem(int64_t n, int64_t d, uint64_t seed, bool ones) {
  Random random = Random(seed).Split(n).Split(d);
  Problem problem{{}, {}, RandomRow(d, random), RandomRow(d, random)};
  for (int64_t i = 0; i < n; ++i) problem.x.push_back(RandomRow(d, random));
  for (int64_t i = 0; i < n; ++i) problem.dy.push_back(ones ? Row<double>(1.0, d) : RandomRow(d, random));
  return problem;
}

BatchNormCache<double> CacheOf(const Problem& p) { return BatchNormForward(p.x, p.scale, p.shift, kEpsilon).cache; }

// A formula for dx, and whether it is right.
struct Formula {
  std::string name;
  bool right;
  std::function<Rows<double>(const Problem& p, const BatchNormCache<double>& cache)> dx;
};

// What the wrong formulas have in common: slope · (dy - a Σ dy / N - b normal · Σ (dy · normal) / N) with factors a and
// b that should be 1, and a slope that should be scale · inverse.
Rows<double> Variation(const Problem& p, const BatchNormCache<double>& cache, const Row<double>& slope, double a,
                       double b) {
  const double n = static_cast<double>(p.dy.size());
  const BatchNormSlopes<double> sums = BatchNormBackwardSimplified(p.dy, p.scale, cache);
  Rows<double> dx = p.dy;
  for (size_t i = 0; i < dx.size(); ++i) {
    dx[i] = slope * (p.dy[i] - a / n * sums.dshift - b / n * cache.normal[i] * sums.dscale);
  }
  return dx;
}

std::vector<Formula> Formulas() {
  using Cache = BatchNormCache<double>;
  return {
      {"staged", true,
       [](const Problem& p, const Cache& cache) { return BatchNormBackwardStaged(p.dy, p.scale, cache).dx; }},
      {"simplified", true,
       [](const Problem& p, const Cache& cache) { return BatchNormBackwardSimplified(p.dy, p.scale, cache).dx; }},
      {"variance taken for a constant", false,
       [](const Problem& p, const Cache& c) { return Variation(p, c, p.scale * c.inverse, 1, 0); }},
      {"variance's path off by N / (N - 1)", false,
       [](const Problem& p, const Cache& c) {
         const double n = static_cast<double>(p.x.size());
         return Variation(p, c, p.scale * c.inverse, 1, n / (n - 1));
       }},
      {"scale left out", false, [](const Problem& p, const Cache& c) { return Variation(p, c, c.inverse, 1, 1); }},
      {"mean taken for a constant", false,
       [](const Problem& p, const Cache& c) { return Variation(p, c, p.scale * c.inverse, 0, 1); }},
  };
}

double Norm(const Rows<double>& rows) {
  double square = 0;
  for (const Row<double>& row : rows) square += (row * row).sum();
  return std::sqrt(square);
}

double Distance(Rows<double> a, const Rows<double>& b) {
  for (size_t i = 0; i < a.size(); ++i) a[i] -= b[i];
  return Norm(a);
}

// dx by central differences of the forward pass. A feature depends on no other, so all of a row are moved at once.
Rows<double> Differences(const Problem& p) {
  Rows<double> dx(p.x.size(), Row<double>(0.0, p.scale.size()));
  for (size_t i = 0; i < p.x.size(); ++i) {
    Rows<double> moved = p.x;
    moved[i] = p.x[i] + kStep;
    const Rows<double> above = BatchNormForward(moved, p.scale, p.shift, kEpsilon).y;
    moved[i] = p.x[i] - kStep;
    const Rows<double> below = BatchNormForward(moved, p.scale, p.shift, kEpsilon).y;
    for (size_t j = 0; j < p.x.size(); ++j) dx[i] += (above[j] - below[j]) * p.dy[j] / (2 * kStep);
  }
  return dx;
}

Tensor ToTensor(const Rows<double>& rows) {
  Tensor tensor({static_cast<int64_t>(rows.size()), static_cast<int64_t>(rows[0].size())});
  float* out = tensor.mutable_data();
  for (const Row<double>& row : rows) out = std::copy(std::begin(row), std::end(row), out);
  return tensor;
}

// dx from the primitive that networks use, in f32.
Rows<double> EngineDx(const Problem& p) {
  const int64_t d = static_cast<int64_t>(p.scale.size());
  const Tensor x = ToTensor(p.x), scale = ToTensor({p.scale}).Reshape({d}), shift = ToTensor({p.shift}).Reshape({d});
  const BatchNormalizationOptions options = {.epsilon = static_cast<float>(kEpsilon)};
  const BatchNormalizationResult forward = BatchNormalization(x, scale, shift, options);
  const Tensor dx = BatchNormalizationBackward(x, scale, forward.statistics, Tensor(), ToTensor(p.dy), options).dx;
  Rows<double> rows = p.x;
  for (size_t i = 0; i < rows.size(); ++i) std::copy_n(dx.data() + i * d, d, std::begin(rows[i]));
  return rows;
}

// Operations for each element of x: the whole backward pass, dscale and dshift included, of n examples of d features.
OperationCount Count(const std::string& formula, int64_t n, int64_t d) {
  const Row<Counted> row(Counted(1), d);
  const Rows<Counted> rows(n, row);
  const BatchNormCache<Counted> cache = BatchNormForward(rows, row, row, Counted(kEpsilon)).cache;
  Counted::ResetCount();
  formula == "staged" ? BatchNormBackwardStaged(rows, row, cache) : BatchNormBackwardSimplified(rows, row, cache);
  return Counted::count();
}

// Distances of one formula's dx, relative to the gradient without the detours through mean and variance: unlike dx
// itself that one is of the same size for a random upstream gradient and for ones.
struct Comparison {
  double error;  // from central differences
  double from_staged, from_engine;
};

std::vector<Comparison> Compare(const Problem& problem, const std::vector<Formula>& formulas) {
  const BatchNormCache<double> cache = CacheOf(problem);
  const Rows<double> differences = Differences(problem), engine = EngineDx(problem);
  const Rows<double> staged = BatchNormBackwardStaged(problem.dy, problem.scale, cache).dx;
  const double direct = Norm(Variation(problem, cache, problem.scale * cache.inverse, 0, 0));
  std::vector<Comparison> comparisons;
  for (const Formula& formula : formulas) {
    const Rows<double> dx = formula.dx(problem, cache);
    comparisons.push_back(
        {Distance(dx, differences) / direct, Distance(dx, staged) / direct, Distance(dx, engine) / direct});
  }
  return comparisons;
}

// What one formula's comparisons come to.
struct Errors {
  std::vector<double> random, ones;         // against central differences, for each size and seed
  double from_staged = 0, from_engine = 0;  // the largest, random upstream gradients

  void Add(const Comparison& comparison, bool of_ones) {
    (of_ones ? ones : random).push_back(comparison.error);
    if (of_ones) return;
    from_staged = std::max(from_staged, comparison.from_staged);
    from_engine = std::max(from_engine, comparison.from_engine);
  }
};

Table Summarize(const std::vector<Formula>& formulas, const std::vector<Errors>& errors, int64_t n, int64_t d) {
  Table summary({"formula", "right", "multiplications", "additions", "from_staged_max", "from_engine_max",
                 "error_random_mean", "error_random_std", "error_ones_mean", "error_ones_std", "n"});
  for (size_t k = 0; k < formulas.size(); ++k) {
    const Errors& e = errors[k];
    Cell multiplications = "", additions = "";
    if (formulas[k].right) {
      const OperationCount count = Count(formulas[k].name, n, d);
      multiplications = static_cast<double>(count.multiplications) / static_cast<double>(n * d);
      additions = static_cast<double>(count.additions) / static_cast<double>(n * d);
    }
    summary.AddRow({formulas[k].name, formulas[k].right ? "yes" : "no", multiplications, additions, e.from_staged,
                    e.from_engine, Mean(e.random), StandardDeviation(e.random), Mean(e.ones), StandardDeviation(e.ones),
                    e.random.size()});
  }
  return summary;
}

}  // namespace

void BatchNormBackward::AddFlags(FlagSet& flags) {
  flags.Add("examples", &examples_, "N, the rows of x");
  flags.Add("features", &features_, "D, the columns of x");
  flags.Add("seeds", &seeds_, "one x and one upstream gradient each");
}

void BatchNormBackward::UseDemoSize() { seeds_ = {1, 2, 3}; }

absl::Status BatchNormBackward::CheckFlags() const {
  return FirstError(
      {WantsSome("examples", examples_), WantsBetween("examples", examples_, kLeastExamples, kMostExamples),
       WantsSome("features", features_), WantsBetween("features", features_, 1, kMostFeatures), WantsSeeds(seeds_)});
}

absl::StatusOr<ExperimentResult> BatchNormBackward::Run(Progress& progress) {
  if (absl::Status status = CheckFlags(); !status.ok()) return status;
  const std::vector<Formula> formulas = Formulas();
  std::vector<Errors> errors(formulas.size());
  Table metrics({"examples", "features", "seed", "upstream", "formula", "error", "from_staged", "from_engine"});
  const int64_t parts = examples_.size() * features_.size() * seeds_.size();
  int64_t done = 0;
  for (const int64_t n : examples_) {
    for (const int64_t d : features_) {
      for (const uint64_t seed : seeds_) {
        progress.Part(absl::StrCat(n, " x ", d, ", seed ", seed), done++, parts);
        for (const bool ones : {false, true}) {
          if (absl::Status status = CheckInterrupt(); !status.ok()) return status;
          const std::vector<Comparison> comparisons = Compare(MakeProblem(n, d, seed, ones), formulas);
          for (size_t k = 0; k < formulas.size(); ++k) {
            const Comparison& c = comparisons[k];
            metrics.AddRow(
                {n, d, seed, ones ? "ones" : "random", formulas[k].name, c.error, c.from_staged, c.from_engine});
            errors[k].Add(c, ones);
          }
        }
      }
    }
  }
  return ExperimentResult{.metrics = std::move(metrics),
                          .summary = Summarize(formulas, errors, examples_.back(), features_.back()),
                          .seeds = seeds_,
                          .datasets = {}};
}

}  // namespace dl
