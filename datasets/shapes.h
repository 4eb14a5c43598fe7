// Shapes: small pictures in colour, drawn by this program, for networks that see. They need no file, and there are as
// many as anybody wants.
//
// A shape (shape_outlines.h) is slanted, stretched, turned and moved, then filled with a colour and a texture of its
// own on a background with another; something may lie in front of it, and the picture has noise. Its colours say
// nothing about its class: only its edges do. Nothing but IEEE arithmetic and square roots goes into it, so that one
// seed gives the same bytes everywhere.
#ifndef DATASETS_SHAPES_H_
#define DATASETS_SHAPES_H_

#include <cstdint>
#include <vector>

#include "datasets/dataset.h"
#include "modules/base/random.h"

namespace dl {

struct ShapesOptions {
  int64_t count = 10000;
  // 0 is a white shape on black, clean, upright, in the middle; on the way to 1, colours, textures, poses, things in
  // front and noise grow to their full spread, and beyond it poses and noise grow on. At 1, from 10,000 examples, a
  // linear classifier learns to be right about 12 % of the time, an MLP 55 %, a small CNN 92 %.
  float difficulty = 1.0f;
};

// `count` images [3, 32, 32] of red, green and blue, of the classes of ShapeOutlines in turn. Example i is a function
// of `random` and i only, so a larger set begins with the smaller one.
Dataset MakeShapes(const ShapesOptions& options, const Random& random);

// Where the shape is in example i of MakeShapes(options, random): of each of the 32 x 32 pixels, row by row, the share
// in which it can be seen, without what lies in front of it.
std::vector<float> ShapeMask(const ShapesOptions& options, const Random& random, int64_t i);

}  // namespace dl

#endif  // DATASETS_SHAPES_H_
