#include "modules/cnn/experiments/shift_study.h"

#include <algorithm>

#include "datasets/batches.h"
#include "modules/cnn/experiments/placed_images.h"
#include "modules/cnn/experiments/shift_response.h"
#include "modules/training/predictions.h"
#include "modules/training/statistics.h"

namespace dl {
namespace {

constexpr int64_t kMapImages = 50;  // whose maps are compared

struct Stage {
  int64_t stride;  // pixels a place of its maps
  Tensor maps;
};

std::vector<Stage> StagesOf(Sequential& model, const Tensor& images) {
  const std::vector<Variable> outputs = model.Outputs(Variable(images), {});
  const std::vector<NamedLayer> layers = model.Children();
  std::vector<Stage> stages;
  for (size_t i = 0; i < layers.size(); ++i) {
    if (!layers[i].name.starts_with("stage")) continue;
    const Tensor& maps = outputs[i].value();
    stages.push_back({images.dim(3) / maps.shape()[3], maps});
  }
  return stages;
}

}  // namespace

ShiftedImages::ShiftedImages(const Dataset& test, const Normalization& normalization, int64_t canvas, int64_t farthest)
    : normalization(normalization) {
  for (int64_t d = -farthest; d <= farthest; ++d) {
    displacements.push_back(d);
    tests.push_back(PlacedImages(test, canvas, 0, d));
    if (d < 0) continue;
    const BatchOptions options = {.batch_size = std::min(kMapImages, test.size()), .normalization = normalization};
    batches.push_back(Batches::InOrder(tests.back(), options)[0].inputs);
  }
}

absl::Status ShiftStudy::Add(Sequential& model, const ShiftedImages& images) {
  std::vector<std::vector<int64_t>> answers;
  for (const Dataset& test : images.tests) {
    absl::StatusOr<Predictions> predictions = Predict(model, test, images.normalization);
    if (!predictions.ok()) return predictions.status();
    answers.push_back(PredictedClasses(*predictions));
  }
  const std::vector<int64_t> truth(images.tests[0].labels.begin(), images.tests[0].labels.end());
  const std::vector<int64_t>& in_the_middle = answers[answers.size() / 2];
  std::vector<double> right, same_a_step_on;
  for (size_t i = 0; i < answers.size(); ++i) {
    right.push_back(Agreement(answers[i], truth));
    if (i > 0) same_a_step_on.push_back(Agreement(answers[i - 1], answers[i]));
    accuracies[images.displacements[i]].push_back(right.back());
    agreements[images.displacements[i]].push_back(Agreement(answers[i], in_the_middle));
  }
  shifted_accuracy.push_back(Mean(right));
  consistency.push_back(ShiftConsistency(answers));
  step_consistency.push_back(Mean(same_a_step_on));
  const std::vector<Stage> still = StagesOf(model, images.batches[0]);
  for (size_t d = 1; d < images.batches.size() && !still.empty(); ++d) {
    const std::vector<Stage> moved = StagesOf(model, images.batches[d]);
    for (size_t s = 0; s < still.size(); ++s) {
      const double places = static_cast<double>(d) / static_cast<double>(still[s].stride);
      errors[{still[s].stride, d}].push_back(EquivarianceError(still[s].maps, moved[s].maps, places));
    }
  }
  return absl::OkStatus();
}

}  // namespace dl
