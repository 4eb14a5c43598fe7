// How a hand writes the ten digits: each in several styles, each style a few strokes of the pen.
#ifndef DATASETS_GLYPH_STROKES_H_
#define DATASETS_GLYPH_STROKES_H_

#include <vector>

#include "datasets/deformation.h"

namespace dl {

// The pen passes smoothly through these places of the digit's box, two or more; one that ends where it began closes
// smoothly. A corner is the end of one stroke and the beginning of the next.
using GlyphStroke = std::vector<Place>;

using GlyphStyle = std::vector<GlyphStroke>;

// [digit][style]
const std::vector<std::vector<GlyphStyle>>& GlyphStyles();

}  // namespace dl

#endif  // DATASETS_GLYPH_STROKES_H_
