// The receptive field: the square of the image that one unit can see, by the geometry of the layers before it.
#ifndef MODULES_CNN_RECEPTIVE_FIELD_H_
#define MODULES_CNN_RECEPTIVE_FIELD_H_

#include <cstdint>
#include <optional>

#include "absl/container/flat_hash_map.h"
#include "absl/types/span.h"
#include "modules/backprop/layer.h"
#include "modules/cnn/window.h"

namespace dl {

// Along either axis, in pixels of the image: unit i sees start + i · stride, ..., start + i · stride + size - 1. A
// negative start is padding.
struct ReceptiveField {
  int64_t size = 1;
  int64_t stride = 1;
  int64_t start = 0;

  bool operator==(const ReceptiveField&) const = default;
};

// The field of units that look at units of field `field` through a window; of those behind several windows in a row.
ReceptiveField Through(const ReceptiveField& field, const Window& window);
ReceptiveField Through(absl::Span<const Window> windows);

// The field of units that two paths lead to: what either sees, at the larger stride.
ReceptiveField Union(const ReceptiveField& a, const ReceptiveField& b);

// Follows a forward pass: told of each layer as an observer is, it knows the field of each map. What is computed
// outside of layers that are Windowed sees what it is computed from sees, over the largest of its paths.
class ReceptiveFields {
 public:
  // x: the image, [N, C, H, W].
  explicit ReceptiveFields(const Variable& x) { known_[x.id()] = ReceptiveField(); }

  void AfterForward(const Layer& layer, const Variable& x, const Variable& y);

  // Of the units of y [N, C, H, W]; none where y is no map or does not come from the image.
  std::optional<ReceptiveField> Of(const Variable& y);

 private:
  absl::flat_hash_map<uint64_t, std::optional<ReceptiveField>> known_;  // by the variable's id
};

}  // namespace dl

#endif  // MODULES_CNN_RECEPTIVE_FIELD_H_
