// Glyphs: handwritten-like digits, drawn by this program. They need no file, and there are as many as anybody wants.
//
// A digit is a style of its class (glyph_strokes.h) whose points tremble and which is bent elastically, turned,
// sheared, scaled and moved, then drawn by a pen of random width, pressure and ink on noisy paper. Nothing but IEEE
// arithmetic and square roots goes into it, so that one seed gives the same bytes everywhere.
#ifndef DATASETS_GLYPHS_H_
#define DATASETS_GLYPHS_H_

#include <cstdint>

#include "datasets/dataset.h"
#include "modules/base/random.h"

namespace dl {

struct GlyphOptions {
  int64_t count = 10000;
  // How far digits stray from their styles: 0 prints each style clean and upright; 1 makes an MLP reach about 95 % and
  // a LeNet about 99 %.
  float difficulty = 1.0f;
};

// `count` images [1, 28, 28], white ink on black, of the classes "0" to "9" in turn. Example i is a function of
// `random` and i only, so a larger set begins with the smaller one.
Dataset MakeGlyphs(const GlyphOptions& options, const Random& random);

}  // namespace dl

#endif  // DATASETS_GLYPHS_H_
