// The gallery of errors: the mistakes that a classifier is surest of, as one picture.
#ifndef MODULES_TRAINING_ERROR_GALLERY_H_
#define MODULES_TRAINING_ERROR_GALLERY_H_

#include <cstdint>
#include <vector>

#include "datasets/dataset.h"
#include "datasets/image.h"
#include "modules/training/predictions.h"

namespace dl {

struct Mistake {
  int64_t example, predicted;  // an example, and the class, not its label, that it is taken for
  float probability;           // of that class, in [0, 1]
};

// All mistakes, the most probable class first; of equally probable ones the first example first.
std::vector<Mistake> SurestMistakes(const Predictions& predictions);

// The first `most` >= 0 of them: each picture enlarged by a whole number, under it its label and, in red, what it was
// taken for and with what probability. `predictions` are those for `images` (contact_sheet.h: HoldsImages), in order.
Image ErrorGallery(const Dataset& images, const Predictions& predictions, int64_t most = 24);

}  // namespace dl

#endif  // MODULES_TRAINING_ERROR_GALLERY_H_
