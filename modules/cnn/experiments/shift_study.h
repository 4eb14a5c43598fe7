// What trained models do when the test images move: answers at every displacement, and maps.
#ifndef MODULES_CNN_EXPERIMENTS_SHIFT_STUDY_H_
#define MODULES_CNN_EXPERIMENTS_SHIFT_STUDY_H_

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "datasets/dataset.h"
#include "datasets/normalization.h"
#include "modules/backprop/layer.h"
#include "modules/primitives/tensor.h"

namespace dl {

// The images of a test set on a black canvas, at every displacement along it.
struct ShiftedImages {
  // `test` of images [C, H, W] as for PlacedImages, on a square of `canvas` pixels; `normalization` is the models'.
  ShiftedImages(const Dataset& test, const Normalization& normalization, int64_t canvas, int64_t farthest);

  Normalization normalization;
  std::vector<int64_t> displacements;  // -farthest, ..., farthest
  std::vector<Dataset> tests;          // one each
  std::vector<Tensor> batches;         // of the first images at 0, ..., farthest, whose maps are compared
};

// Of models of one kind: a number from each.
struct ShiftStudy {
  // Looks at one more model. Its stages are layers whose name begins with "stage". Errors are Predict's.
  absl::Status Add(Sequential& model, const ShiftedImages& images);

  std::vector<double> shifted_accuracy;  // the mean over all displacements
  std::vector<double> consistency;       // ShiftConsistency
  std::vector<double> step_consistency;  // how often the answers at two displacements one pixel apart agree
  std::map<int64_t, std::vector<double>> accuracies;  // by displacement
  std::map<int64_t, std::vector<double>> agreements;  // with the answers at 0, by displacement
  std::map<std::pair<int64_t, int64_t>, std::vector<double>>
      errors;  // EquivarianceError by a stage's stride and displacement
};

}  // namespace dl

#endif  // MODULES_CNN_EXPERIMENTS_SHIFT_STUDY_H_
