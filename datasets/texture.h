// Surfaces: patterns that fill a picture.
#ifndef DATASETS_TEXTURE_H_
#define DATASETS_TEXTURE_H_

#include <cstdint>

#include "datasets/pen.h"
#include "modules/base/random.h"

namespace dl {

enum class Texture { kPlain, kStripes, kGradient, kChecker, kBlotches };
inline constexpr int kTextures = 5;

// The pattern as ink, to be painted in a second colour: random in direction, width and place, with soft edges. Nothing
// but IEEE arithmetic and square roots goes into it.
Ink DrawTexture(Texture texture, int64_t height, int64_t width, Random* random);

}  // namespace dl

#endif  // DATASETS_TEXTURE_H_
