// A data set: labelled examples of one shape, as they came from the world, before any scaling.
#ifndef DATASETS_DATASET_H_
#define DATASETS_DATASET_H_

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "modules/primitives/shape.h"

namespace dl {

struct Dataset {
  std::string name;
  Shape example_shape;  // [C, H, W] for images, [D] for points
  // N examples in row-major order: bytes (0 black, 255 white) for images, floats for points.
  std::variant<std::vector<uint8_t>, std::vector<float>> values;
  std::vector<int32_t> labels;           // N numbers in {0, ..., K - 1}
  std::vector<std::string> class_names;  // K names

  int64_t size() const { return static_cast<int64_t>(labels.size()); }
  int64_t num_classes() const { return static_cast<int64_t>(class_names.size()); }
};

struct TrainTest {
  Dataset train, test;
};

// The first `count` examples; the program stops where there are fewer.
Dataset FirstExamples(Dataset dataset, int64_t count);

// The last `count` examples; the program stops where there are fewer. With FirstExamples it splits a set in two: one
// part to learn from, one to choose settings by.
Dataset LastExamples(Dataset dataset, int64_t count);

// The SHA-256, in hexadecimal, of the values' bytes followed by the labels, floats and labels as 32 little-endian bits.
// Two runs that report one fingerprint saw the same examples in the same order.
std::string Fingerprint(const Dataset& dataset);

}  // namespace dl

#endif  // DATASETS_DATASET_H_
