#include "modules/training/gradient_noise.h"

#include <algorithm>
#include <numeric>

#include "datasets/batches.h"
#include "modules/backprop/gradients.h"
#include "modules/backprop/losses.h"
#include "modules/base/check.h"
#include "modules/primitives/binary.h"
#include "modules/primitives/norm.h"

namespace dl {
namespace {

constexpr int64_t kMostAtOnce = 512;  // examples of one forward pass

}  // namespace

GradientNoise::GradientNoise(Layer& model, const Dataset& data, Normalization normalization)
    : model_(model), data_(data), normalization_(std::move(normalization)) {
  DL_CHECK(data.size() >= 1) << "GradientNoise: there are no examples";
  std::vector<int64_t> all(data.size());
  std::iota(all.begin(), all.end(), 0);
  gradient_ = GradientOf(all);
  for (const Tensor& g : gradient_) squared_norm_ += SumOfSquares(g);
  for (int64_t i : all) trace_ += SquaredDistance({i}) / static_cast<double>(data.size());
}

std::vector<Tensor> GradientNoise::GradientOf(const std::vector<int64_t>& examples) const {
  const std::vector<Variable> parameters = Variables(model_);
  std::vector<Tensor> mean;
  for (size_t begin = 0; begin < examples.size(); begin += kMostAtOnce) {
    const auto part = absl::MakeConstSpan(examples).subspan(begin, kMostAtOnce);
    const Batch batch = MakeBatch(data_, part, normalization_);
    std::vector<Tensor> gradient = Gradients(CrossEntropy(model_.Forward(batch.inputs, {}), batch.labels), parameters);
    if (part.size() == examples.size()) return gradient;
    const double share = static_cast<double>(part.size()) / static_cast<double>(examples.size());
    for (size_t p = 0; p < gradient.size(); ++p) {
      Tensor weighted = Scale(gradient[p], share);
      if (begin == 0) {
        mean.push_back(std::move(weighted));
      } else {
        AddTo(mean[p], weighted);
      }
    }
  }
  return mean;
}

double GradientNoise::SquaredDistance(const std::vector<int64_t>& examples) const {
  const std::vector<Tensor> gradient = GradientOf(examples);
  double sum = 0;
  for (size_t p = 0; p < gradient.size(); ++p) sum += SumOfSquares(Subtract(gradient[p], gradient_[p]));
  return sum;
}

double GradientNoise::Variance(int64_t batch_size, int64_t draws, Random random) const {
  DL_CHECK(batch_size >= 1 && draws >= 1) << "GradientNoise::Variance: " << draws << " batches of " << batch_size;
  std::vector<int64_t> examples(batch_size);
  double sum = 0;
  for (int64_t draw = 0; draw < draws; ++draw) {
    for (int64_t& example : examples) example = random.Below(data_.size());
    sum += SquaredDistance(examples);
  }
  return sum / static_cast<double>(draws);
}

}  // namespace dl
