#include "datasets/contact_sheet.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "datasets/text.h"
#include "modules/base/check.h"

namespace dl {
namespace {

constexpr int64_t kMargin = 16, kGap = 4;          // pixels
constexpr int64_t kTitle = 36;                     // the height of the title's line
constexpr float kTitleText = 13, kLabelText = 11;  // the height of capitals
constexpr Color kInk = {40, 40, 40}, kFrame = {190, 190, 190};

// Colours that eyes of every kind tell apart (Okabe, Ito: "Color universal design", 2008), without yellow.
constexpr Color kClassColors[] = {{0, 114, 178}, {213, 94, 0},   {0, 158, 115}, {204, 121, 167},
                                  {230, 159, 0}, {86, 180, 233}, {0, 0, 0}};

std::string Title(const Dataset& set) {
  return absl::StrCat(set.name, ": ", set.size(), " examples ", ToString(set.example_shape), ", ", set.num_classes(),
                      " classes");
}

int64_t WidestName(const Dataset& set) {
  float width = 0;
  for (const std::string& name : set.class_names) width = std::max(width, TextWidth(name, kLabelText));
  return static_cast<int64_t>(std::ceil(width));
}

Image ImageSheet(const Dataset& set, int64_t per_class) {
  const int64_t scale = std::max<int64_t>(1, 56 / set.example_shape[1]);
  const int64_t row_height = set.example_shape[1] * scale + kGap, column_width = set.example_shape[2] * scale + kGap;
  const int64_t first = kMargin + WidestName(set) + kMargin;
  const auto title_width = static_cast<int64_t>(TextWidth(Title(set), kTitleText)) + kMargin;
  Image sheet(kTitle + set.num_classes() * row_height + kMargin,
              std::max(first + per_class * column_width, kMargin + title_width) + kMargin - kGap);
  Ink text(sheet.height, sheet.width);
  DrawText(Title(set), kMargin, 12, kTitleText, &text);
  for (int64_t c = 0; c < set.num_classes(); ++c) {
    const int64_t top = kTitle + c * row_height;
    const std::string& name = set.class_names[c];
    DrawText(name, static_cast<float>(first - kMargin) - TextWidth(name, kLabelText),
             static_cast<float>(top) + 0.5f * (static_cast<float>(row_height - kGap) - kLabelText), kLabelText, &text);
    int64_t shown = 0;
    for (int64_t i = 0; i < set.size() && shown < per_class; ++i) {
      if (set.labels[i] == c) DrawExample(set, i, scale, top, first + shown++ * column_width, &sheet);
    }
  }
  Paint(text, kInk, &sheet);
  return sheet;
}

struct Range {
  float low, high;
};

// From the least to the greatest value of one coordinate, and a little more on both sides.
Range RangeOf(const std::vector<float>& values, int coordinate) {
  Range range{0, 0};
  for (size_t i = coordinate; i < values.size(); i += 2) {
    if (i == static_cast<size_t>(coordinate)) range = {values[i], values[i]};
    range = {std::min(range.low, values[i]), std::max(range.high, values[i])};
  }
  const float more = range.high > range.low ? 0.05f * (range.high - range.low) : 1.0f;
  return {range.low - more, range.high + more};
}

Image PointSheet(const Dataset& set) {
  constexpr int64_t kSide = 480, kLegendRow = 20;
  const std::vector<float>& values = std::get<std::vector<float>>(set.values);
  const Range x = RangeOf(values, 0), y = RangeOf(values, 1);
  Image sheet(kTitle + kSide + 40, kMargin + kSide + kMargin + 24 + WidestName(set) + kMargin);
  FillRectangle(kTitle, kMargin, kSide, kSide, kFrame, &sheet);
  FillRectangle(kTitle + 1, kMargin + 1, kSide - 2, kSide - 2, kWhite, &sheet);
  Ink text(sheet.height, sheet.width);
  DrawText(Title(set), kMargin, 12, kTitleText, &text);
  DrawText(absl::StrFormat("x: %.2f to %.2f, y: %.2f to %.2f", x.low, x.high, y.low, y.high), kMargin,
           kTitle + kSide + 12, kLabelText, &text);
  for (int64_t c = 0; c < set.num_classes(); ++c) {
    Ink dots(sheet.height, sheet.width);
    for (int64_t i = 0; i < set.size(); ++i) {
      if (set.labels[i] != c) continue;
      const float across = (values[2 * i] - x.low) / (x.high - x.low);
      const float up = (values[2 * i + 1] - y.low) / (y.high - y.low);
      DrawLine({{kMargin + kSide * across, kTitle + kSide * (1 - up), 2.5f}}, &dots);
    }
    const auto left = static_cast<float>(kMargin + kSide + kMargin), top = static_cast<float>(kTitle + c * kLegendRow);
    DrawLine({{left + 6, top + 6, 4.0f}}, &dots);
    DrawText(set.class_names[c], left + 20, top, kLabelText, &text);
    Paint(dots, kClassColors[c % std::size(kClassColors)], &sheet);
  }
  Paint(text, kInk, &sheet);
  return sheet;
}

}  // namespace

bool HoldsImages(const Dataset& set) {
  const Shape& shape = set.example_shape;
  return std::holds_alternative<std::vector<uint8_t>>(set.values) && shape.size() == 3 &&
         (shape[0] == 1 || shape[0] == 3);
}

void DrawExample(const Dataset& set, int64_t index, int64_t scale, int64_t top, int64_t left, Image* sheet) {
  const int64_t channels = set.example_shape[0], height = set.example_shape[1], width = set.example_shape[2];
  const uint8_t* x = std::get<std::vector<uint8_t>>(set.values).data() + index * channels * height * width;
  for (int64_t row = 0; row < height; ++row) {
    for (int64_t column = 0; column < width; ++column) {
      Color color;
      for (int64_t c = 0; c < 3; ++c) {
        color[c] = x[(std::min(c, channels - 1) * height + row) * width + column];
      }
      FillRectangle(top + row * scale, left + column * scale, scale, scale, color, sheet);
    }
  }
}

Image ContactSheet(const Dataset& set, int64_t per_class) {
  if (std::holds_alternative<std::vector<float>>(set.values) && set.example_shape == Shape{2}) return PointSheet(set);
  DL_CHECK(HoldsImages(set) && per_class >= 0)
      << "ContactSheet: " << set.name << " has examples " << ToString(set.example_shape) << ", per_class is "
      << per_class << "; bytes [1, H, W] or [3, H, W] and floats [2] can be shown";
  return ImageSheet(set, per_class);
}

}  // namespace dl
