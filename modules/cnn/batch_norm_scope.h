// The batch normalisations of a model in another mode, for as long as a scope lasts.
//
//   {
//     BatchNormScope scope(model, {.batch_statistics = When::kAlways});
//     model.Forward(x, {});  // by the statistics of x, though nothing is trained
//   }
#ifndef MODULES_CNN_BATCH_NORM_SCOPE_H_
#define MODULES_CNN_BATCH_NORM_SCOPE_H_

#include <vector>

#include "modules/cnn/batch_norm.h"

namespace dl {

// The batch normalisations that `model` is made of, itself included, in the order of its children. They are its own.
std::vector<BatchNorm2d*> BatchNormsOf(Layer& model);

class BatchNormScope {
 public:
  // All of them get `mode`. The model must outlive the scope.
  BatchNormScope(Layer& model, const BatchNormMode& mode);
  // Each gets back the mode that it had.
  ~BatchNormScope();
  BatchNormScope(const BatchNormScope&) = delete;
  BatchNormScope& operator=(const BatchNormScope&) = delete;

  // Another mode within the scope.
  void SetMode(const BatchNormMode& mode);

  const std::vector<BatchNorm2d*>& norms() const { return norms_; }

 private:
  std::vector<BatchNorm2d*> norms_;
  std::vector<BatchNormMode> before_;  // of each norm
};

}  // namespace dl

#endif  // MODULES_CNN_BATCH_NORM_SCOPE_H_
