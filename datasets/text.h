// Words in a picture: a small alphabet of straight strokes, at any size.
#ifndef DATASETS_TEXT_H_
#define DATASETS_TEXT_H_

#include <string_view>

#include "datasets/pen.h"

namespace dl {

// Writes `text` with its upper left corner at (x, y), in pixels; capital letters are `height` pixels high, and letters
// such as g reach a third of that below the line. A character outside the alphabet becomes an empty box.
void DrawText(std::string_view text, float x, float y, float height, Ink* ink);

// The width of `text` in pixels.
float TextWidth(std::string_view text, float height);

}  // namespace dl

#endif  // DATASETS_TEXT_H_
