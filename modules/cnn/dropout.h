// Dropout as operations and as layers: of single elements, and of whole maps.
//
// Neighbouring pixels of a map say nearly the same, so that one which is dropped is not missed: between convolutions,
// whole maps are dropped instead (Tompson et al. 2015).
#ifndef MODULES_CNN_DROPOUT_H_
#define MODULES_CNN_DROPOUT_H_

#include <cstdint>

#include "modules/backprop/layer.h"
#include "modules/primitives/dropout.h"

namespace dl {

// 0 with probability `rate`, in [0, 1), else x / (1 - rate): each element by itself, or each map of x [N, C, ...] as a
// whole. The same key drops the same elements.
Variable DropElements(const Variable& x, float rate, uint64_t key);
Variable DropMaps(const Variable& x, float rate, uint64_t key);

// In training DropElements with a key that the pass's random generator draws, which must be there; in evaluation, and
// at rate 0, the identity.
class Dropout : public Layer {
 public:
  explicit Dropout(float rate);
  Variable Forward(const Variable& x, const Pass& pass) override;

 private:
  float rate_;
};

// The same with DropMaps.
class Dropout2d : public Layer {
 public:
  explicit Dropout2d(float rate);
  Variable Forward(const Variable& x, const Pass& pass) override;

 private:
  float rate_;
};

}  // namespace dl

#endif  // MODULES_CNN_DROPOUT_H_
