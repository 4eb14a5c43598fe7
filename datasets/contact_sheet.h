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

}  // namespace dl

#endif  // DATASETS_CONTACT_SHEET_H_
