// Normalisations within an example, which need no batch: of groups of maps, of all maps, of features.
#ifndef MODULES_CNN_GROUP_NORM_H_
#define MODULES_CNN_GROUP_NORM_H_

#include <cstdint>

#include "modules/backprop/layer.h"
#include "modules/primitives/layer_norm.h"

namespace dl {

// Each group of an example's maps to mean 0 and variance 1, over its channels, height and width; then each channel
// scaled and shifted (Wu & He 2018). x, y: [N, C, H, W]; weight, bias: [C]; groups divide C. In f32: bf16 is widened,
// and y is narrowed again.
Variable GroupNorm(const Variable& x, const Variable& weight, const Variable& bias, int64_t groups,
                   float epsilon = kLayerNormEpsilon);

// Parameters: weight (ones) and bias (zeros), [channels]. One group is layer normalisation of maps, as many groups as
// channels are instance normalisation.
class GroupNorm2d : public Layer {
 public:
  GroupNorm2d(int64_t groups, int64_t channels, float epsilon = kLayerNormEpsilon);

  Variable Forward(const Variable& x, const Pass& pass) override;
  std::vector<Parameter> Parameters() const override { return {{"weight", weight_}, {"bias", bias_}}; }

 private:
  int64_t groups_;
  float epsilon_;
  Variable weight_, bias_;
};

// Each row of x [N, features] to mean 0 and variance 1, then scaled and shifted by feature (Ba, Kiros, Hinton 2016).
// Parameters: weight (ones) and bias (zeros), [features].
class LayerNorm1d : public Layer {
 public:
  explicit LayerNorm1d(int64_t features, float epsilon = kLayerNormEpsilon);

  Variable Forward(const Variable& x, const Pass& pass) override;
  std::vector<Parameter> Parameters() const override { return {{"weight", weight_}, {"bias", bias_}}; }

 private:
  float epsilon_;
  Variable weight_, bias_;
};

}  // namespace dl

#endif  // MODULES_CNN_GROUP_NORM_H_
