#include "modules/primitives/internal/interleaved.h"

namespace dl::interleaved {

onednn::Desc DescOf(const Shape& shape, dnnl::memory::data_type type) {
  return onednn::Desc(onednn::DimsOf(shape), type, dnnl::memory::format_tag::Abcd16a);
}

bool Is(const Tensor& x) {
  return x.rank() == 4 && x.dtype() == DType::kF32 && !x.is_plain() && onednn::HasOrder(x, DescOf(x.shape()));
}

Tensor Make(const Shape& shape) { return onednn::MakeTensor(DescOf(shape), shape); }

void ClearLacking(Tensor& x) {
  const int64_t lacking = Groups(x.dim(0)) * kLanes - x.dim(0);
  if (lacking == 0) return;
  const int64_t vectors = x.dim(1) * x.dim(2) * x.dim(3);
  Vector* last = MutableVectors(x) + (Groups(x.dim(0)) - 1) * vectors;
  for (int64_t i = 0; i < vectors; ++i) {
    for (int64_t lane = kLanes - lacking; lane < kLanes; ++lane) last[i][lane] = 0;
  }
}

}  // namespace dl::interleaved
