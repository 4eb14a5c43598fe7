// Multi-crop evaluation: a network's mean opinion of an image, its mirror image, and both moved by a pixel.
//
//   MultiCrop crops(net);
//   Evaluate(crops, test, normalization);
#ifndef MODULES_TRAINING_MULTI_CROP_H_
#define MODULES_TRAINING_MULTI_CROP_H_

#include "modules/backprop/layer.h"

namespace dl {

// With m(x) the mean of the model's outputs for x and for x flipped left and right:
//   y = ½ m(x) + ¼ m(x moved up and left by a pixel) + ¼ m(x moved down and right),
// what moves in being mirrored at the edge (airbench94, Jordan 2024): six forward passes. x: [N, C, H, W], f32 or bf16,
// sides of at least 2; y: the model's outputs, with no way back to x. For evaluation only.
class MultiCrop : public Layer {
 public:
  // `model` must outlive it.
  explicit MultiCrop(Layer& model) : model_(model) {}

  Variable Forward(const Variable& x, const Pass& pass) override;
  std::vector<NamedLayer> Children() const override { return {{"model", &model_}}; }

 private:
  Layer& model_;
};

}  // namespace dl

#endif  // MODULES_TRAINING_MULTI_CROP_H_
