#include "tools/bench/update_benchmarks.h"

#include <cmath>
#include <memory>

#include "modules/backprop/initializers.h"
#include "modules/optimizers/optimizer.h"
#include "modules/primitives/internal/multiversion.h"
#include "modules/primitives/internal/parallel.h"

namespace dl {
namespace {

Tensor Noise(uint64_t seed) {
  Random random(seed);
  return NormalInit(1.0f)({kUpdatedParameters}, random);
}

// flops: of one parameter; state: how many numbers the rule keeps for it. Parameter and gradient are read and the
// parameter written; each number of state is read and written.
Benchmark Update(const std::string& name, const std::string& about, double flops, int state,
                 std::function<std::function<void()>()> make) {
  const double count = static_cast<double>(kUpdatedParameters);
  return {.name = "update/" + name,
          .about = about + ", ten million parameters: one update",
          .unit = "parameters",
          .count = kUpdatedParameters,
          .flops = flops * count,
          .make = std::move(make),
          .bytes = (3 + 2 * state) * count * sizeof(float),
          .arrays = 2 + state};
}

template <typename... Links>
std::function<std::function<void()>()> StepOf(Links... links) {
  return [=]() -> std::function<void()> {
    std::shared_ptr<Optimizer> optimizer = MakeOptimizer({Noise(1)}, links...);
    return [optimizer, gradient = Noise(2)] { optimizer->Step({gradient}); };
  };
}

struct AdamWStep {
  float rate, beta1, beta2, epsilon, decay, correction1, correction2;
};

DL_MULTIVERSION void AdamWLoop(const AdamWStep& s, int64_t n, const float* g, float* p, float* m, float* v) {
  const AdamWStep step = s;  // which nothing can alias
#pragma GCC ivdep
  for (int64_t i = 0; i < n; ++i) {
    m[i] = step.beta1 * m[i] + (1 - step.beta1) * g[i];
    v[i] = step.beta2 * v[i] + (1 - step.beta2) * g[i] * g[i];
    const float mean = step.correction1 * m[i], square = step.correction2 * v[i];
    p[i] -= step.rate * (mean / (std::sqrt(square) + step.epsilon) + step.decay * p[i]);
  }
}

class AdamWByHand {
 public:
  void Run() {
    ++t_;
    const AdamWStep step = {1e-3f,
                            0.9f,
                            0.999f,
                            1e-8f,
                            1e-2f,
                            static_cast<float>(1 / (1 - std::pow(0.9, t_))),
                            static_cast<float>(1 / (1 - std::pow(0.999, t_)))};
    const float* g = g_.data();
    float *p = p_.mutable_data(), *m = m_.mutable_data(), *v = v_.mutable_data();
    ParallelFor(kUpdatedParameters, 1, [&](int64_t begin, int64_t end) {
      AdamWLoop(step, end - begin, g + begin, p + begin, m + begin, v + begin);
    });
  }

 private:
  double t_ = 0;
  Tensor p_ = Noise(1), g_ = Noise(2);
  Tensor m_ = Tensor::ZerosLike(p_), v_ = Tensor::ZerosLike(p_);
};

}  // namespace

std::vector<Benchmark> UpdateBenchmarks() {
  const ScaleByLearningRate down;
  const AddDecayedWeights decay{1e-2};
  return {
      Update("sgd", "gradient descent", 2, 0, StepOf(down)),
      Update("momentum", "heavy-ball momentum", 4, 1, StepOf(Momentum{}, down)),
      Update("lion", "Lion", 9, 1, StepOf(ScaleByLion{}, down)),
      Update("adam", "Adam, a chain of two links", 14, 2, StepOf(ScaleByAdam{}, down)),
      Update("adamw", "AdamW, a chain of three links", 16, 2, StepOf(ScaleByAdam{}, decay, down)),
      Update("adamw_by_hand", "AdamW, a loop written by hand", 16, 2,
             [] { return [hand = std::make_shared<AdamWByHand>()] { hand->Run(); }; }),
  };
}

}  // namespace dl
