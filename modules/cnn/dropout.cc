#include "modules/cnn/dropout.h"

#include "modules/backprop/ops.h"
#include "modules/base/check.h"
#include "modules/primitives/reorder.h"

namespace dl {
namespace {

float CheckedRate(float rate) {
  DL_CHECK(rate >= 0 && rate < 1) << "Dropout: the rate is " << rate << "; it must be in [0, 1)";
  return rate;
}

bool Drops(float rate, const Pass& pass) {
  DL_CHECK(!pass.training || pass.random != nullptr) << "Dropout: a pass for training needs Pass::random";
  return pass.training && rate > 0;
}

uint64_t Key(const Pass& pass) {
  const uint64_t high = pass.random->Bits();
  return high << 32 | pass.random->Bits();
}

}  // namespace

// [dropout]
Variable DropElements(const Variable& x, float rate, uint64_t key) {
  return Record("drop_elements", DropElements(x.value(), rate, key),
                {{x, [rate, key](const Tensor& y, const Tensor& dy) {
                    return DropElements(InLayoutOf(dy, y), rate, key);  // linear: the derivative is the function
                  }}});
}
// [/dropout]

Variable DropMaps(const Variable& x, float rate, uint64_t key) {
  DL_CHECK(x.shape().size() >= 2) << "DropMaps: x is " << ToString(x.shape()) << ", it must be [N, C, ...]";
  Shape maps(x.shape().size(), 1);
  maps[0] = x.shape()[0];
  maps[1] = x.shape()[1];
  return x * Variable(Cast(DropElements(Tensor::Full(maps, 1), rate, key), x.value().dtype()));
}

Dropout::Dropout(float rate) : rate_(CheckedRate(rate)) {}

Variable Dropout::Forward(const Variable& x, const Pass& pass) {
  return Drops(rate_, pass) ? DropElements(x, rate_, Key(pass)) : x;
}

Dropout2d::Dropout2d(float rate) : rate_(CheckedRate(rate)) {}

Variable Dropout2d::Forward(const Variable& x, const Pass& pass) {
  return Drops(rate_, pass) ? DropMaps(x, rate_, Key(pass)) : x;
}

}  // namespace dl
