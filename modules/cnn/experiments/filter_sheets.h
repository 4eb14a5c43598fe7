// The sheets of pictures that the experiment on filters shows.
#ifndef MODULES_CNN_EXPERIMENTS_FILTER_SHEETS_H_
#define MODULES_CNN_EXPERIMENTS_FILTER_SHEETS_H_

#include <string>
#include <vector>

#include "modules/backprop/layer.h"
#include "modules/cnn/experiments/picture_sheet.h"
#include "modules/cnn/receptive_field.h"
#include "modules/cnn/unit_responses.h"

namespace dl {

// A line a picture, with what each hand-made kernel makes of it; kernels that measure slopes show 0 as grey. pictures:
// [N, C, H, W] in [0, 1], C 1 or 3.
PictureSheet KernelSheet(const Tensor& pictures);

// A line of at most 16 filters of w, [K, C, R, R], C 1 or 3: 0 is grey, and the largest weight of each filter, with
// either sign, black or white.
void AddFilterLine(const std::string& label, const Tensor& w, PictureSheet& sheet);

// A convolution's maps behind its ReLU.
struct MapLayer {
  std::string name;      // "conv1"
  size_t output;         // its place among Sequential::Outputs
  ReceptiveField field;  // of its units
};

// The picture [1, C, H, W] in [0, 1], then a line a layer: those eight of its maps that vary most over the picture's
// `normalized` form, each from its 0 (black) to its largest value (white).
PictureSheet FeatureMapSheet(Sequential& model, const std::vector<MapLayer>& layers, const Tensor& picture,
                             const Tensor& normalized);

// Of each layer the `per_layer` units with the strongest responses, a line a unit: the `count` pictures that excite it
// most, with a frame around what it sees where it does. responses: of the layers; pictures: [N, C, H, W] in [0, 1].
PictureSheet ExcitingSheet(const std::vector<MapLayer>& layers, const std::vector<UnitResponses>& responses,
                           const Tensor& pictures, int64_t per_layer, int64_t count);

}  // namespace dl

#endif  // MODULES_CNN_EXPERIMENTS_FILTER_SHEETS_H_
