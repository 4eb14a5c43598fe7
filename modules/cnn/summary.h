// The summary of a network: what each layer makes, holds, costs and sees.
#ifndef MODULES_CNN_SUMMARY_H_
#define MODULES_CNN_SUMMARY_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "modules/backprop/layer.h"
#include "modules/cnn/receptive_field.h"

namespace dl {

// What a layer adds to those that it is made of, for one example.
struct LayerSummary {
  std::string path;              // "layer1.0.conv1"; "" for the network itself
  std::string kind;              // the name of its class
  Shape output;                  // without the example's axis: [C, H, W]
  int64_t parameters = 0;        // numbers; 0 where an earlier layer has the same ones
  int64_t multiply_adds = 0;     // of convolutions and matrix products
  int64_t flops = 0;             // 2 a multiply-add; else 1 for each element of an operation's output or, where that is
                                 // larger, of its input
  int64_t activation_bytes = 0;  // of what its operations computed: at most what training keeps for the way back
  std::optional<ReceptiveField> field = {};  // of its outputs, where they are maps
};

struct ModelSummary {
  std::vector<LayerSummary> layers;  // in the order in which they finish; compositions only where they add something
  LayerSummary total;                // the sums, the network's output, and the field of its last map
};

// Of one forward pass, in evaluation, of zeros of shape `image`, [C, H, W] or [D]. Reads what the pass recorded, so
// that it knows layers of any kind; a layer that is used twice holds its parameters once and works twice.
ModelSummary Summary(Layer& model, const Shape& image);

}  // namespace dl

#endif  // MODULES_CNN_SUMMARY_H_
