// The theoretical receptive fields of known networks, beside what others count.
#ifndef MODULES_CNN_EXPERIMENTS_KNOWN_FIELDS_H_
#define MODULES_CNN_EXPERIMENTS_KNOWN_FIELDS_H_

#include "modules/backprop/layer.h"
#include "modules/cnn/receptive_field.h"
#include "modules/training/table.h"

namespace dl {

// The field of the units of the last map of `model` that has more than one place, for images of this shape, [C, H, W].
ReceptiveField FieldOfLastMap(Layer& model, const Shape& image);

// One row a network: its name, the field's size and stride in pixels, the published size and its source, empty where
// none is known.
Table KnownFields();

}  // namespace dl

#endif  // MODULES_CNN_EXPERIMENTS_KNOWN_FIELDS_H_
