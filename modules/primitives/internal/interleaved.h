// The interleaved memory order, in which networks of few channels keep their maps: groups of 16 images, the image
// innermost, so that one vector holds the same element of 16 images.
//
// oneDNN fills a vector with 16 channels of one image. With one or six channels that leaves it mostly empty; filled
// with images it is full whatever the number of channels, the window and the stride. Places for images that a last
// group lacks hold zero.
#ifndef MODULES_PRIMITIVES_INTERNAL_INTERLEAVED_H_
#define MODULES_PRIMITIVES_INTERNAL_INTERLEAVED_H_

#include <algorithm>
#include <cstdint>

#include "modules/primitives/internal/lanes.h"
#include "modules/primitives/internal/onednn.h"
#include "modules/primitives/tensor.h"

namespace dl::interleaved {

// [N, C, H, W] as [N / 16, C, H, W, 16], N rounded up.
onednn::Desc DescOf(const Shape& shape, dnnl::memory::data_type type = dnnl::memory::data_type::f32);

// Whether x is an f32 tensor [N, C, H, W] in this order.
bool Is(const Tensor& x);

// With unspecified elements.
Tensor Make(const Shape& shape);

inline int64_t Groups(int64_t images) { return (images + kLanes - 1) / kLanes; }

// The vectors of an interleaved tensor: of group g, those from g · (vectors of a group) on.
inline const Vector* Vectors(const Tensor& x) { return static_cast<const Vector*>(x.raw()); }
inline Vector* MutableVectors(Tensor& x) { return static_cast<Vector*>(x.mutable_raw()); }

// Sets the places of lacking images in the last group to zero.
void ClearLacking(Tensor& x);

}  // namespace dl::interleaved

#endif  // MODULES_PRIMITIVES_INTERNAL_INTERLEAVED_H_
