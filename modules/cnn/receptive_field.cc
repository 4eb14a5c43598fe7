#include "modules/cnn/receptive_field.h"

#include <algorithm>

namespace dl {

// [through]
ReceptiveField Through(const ReceptiveField& field, const Window& window) {
  return {field.size + (window.kernel - 1) * window.dilation * field.stride, field.stride * window.stride,
          field.start - window.padding * field.stride};
}
// [/through]

ReceptiveField Through(absl::Span<const Window> windows) {
  ReceptiveField field;
  for (const Window& window : windows) field = Through(field, window);
  return field;
}

ReceptiveField Union(const ReceptiveField& a, const ReceptiveField& b) {
  const int64_t start = std::min(a.start, b.start), end = std::max(a.start + a.size, b.start + b.size);
  return {end - start, std::max(a.stride, b.stride), start};
}

void ReceptiveFields::AfterForward(const Layer& layer, const Variable& x, const Variable& y) {
  const auto* windowed = dynamic_cast<const Windowed*>(&layer);
  if (windowed == nullptr) return;
  const std::optional<ReceptiveField> before = Of(x);
  if (before) known_[y.id()] = Through(*before, windowed->WindowOn(x.shape()));
}

std::optional<ReceptiveField> ReceptiveFields::Of(const Variable& y) {
  if (const auto found = known_.find(y.id()); found != known_.end()) return found->second;
  std::optional<ReceptiveField> field;
  if (y.shape().size() == 4) {
    for (const Edge& edge : y.inputs()) {
      const std::optional<ReceptiveField> path = Of(edge.input);
      if (path) field = field ? Union(*field, *path) : path;
    }
  }
  known_[y.id()] = field;
  return field;
}

}  // namespace dl
