// A data set at a glance, as one picture.
#ifndef DATASETS_CONTACT_SHEET_H_
#define DATASETS_CONTACT_SHEET_H_

#include <cstdint>

#include "datasets/dataset.h"
#include "datasets/image.h"

namespace dl {

// What a data set looks like. Images [1, H, W] (grey) or [3, H, W] (red, green, blue): one row a class, its name and
// its first `per_class` examples, enlarged by whole numbers. Points [2]: all of them, coloured by class, with the range
// of the axes. The program stops at examples of any other shape.
Image ContactSheet(const Dataset& dataset, int64_t per_class);

// Whether the examples are images of bytes, [1, H, W] or [3, H, W].
bool HoldsImages(const Dataset& dataset);

// Draws example `index` of `images`, each pixel `scale` by `scale` large, below and right of (top, left).
void DrawExample(const Dataset& images, int64_t index, int64_t scale, int64_t top, int64_t left, Image* sheet);

}  // namespace dl

#endif  // DATASETS_CONTACT_SHEET_H_
