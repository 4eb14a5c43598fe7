#include "datasets/glyphs.h"

#include <algorithm>
#include <vector>

#include "datasets/deformation.h"
#include "datasets/exact_random.h"
#include "datasets/glyph_strokes.h"
#include "datasets/pen.h"
#include "modules/base/check.h"

namespace dl {
namespace {

constexpr int64_t kSide = 28;           // pixels
constexpr float kPixelsPerUnit = 0.2f;  // the box of 100 units is 20 pixels wide
constexpr int kSubdivisions = 5;        // straight pieces between two points of a stroke

// The spread of what makes one digit differ from another, at difficulty 1: standard deviations, or where it says so,
// the largest deviation.
constexpr float kTremble = 2.0f;  // of each point, in units
constexpr float kElastic = 4.5f;  // of each node of the elastic grid, in units
constexpr float kTurn = 0.17f;    // of the angle, in radians
constexpr float kShear = 0.17f;
constexpr float kStretch = 0.11f;   // of the scale, along x and y
constexpr float kMove = 1.5f;       // in pixels
constexpr float kPressure = 0.35f;  // largest, of the pen's radius from one end of a stroke to the other
constexpr float kFade = 0.45f;      // largest, of the ink
constexpr float kNoise = 0.10f;     // largest, of the noise's standard deviation, in units of full ink

// The Catmull-Rom curve through `points` as a chain of straight pieces.
std::vector<Place> Curve(const GlyphStroke& points) {
  const int last = static_cast<int>(points.size()) - 1;
  const bool closed = points[0].x == points[last].x && points[0].y == points[last].y;
  const auto at = [&](int i) {
    if (closed) return points[(i + last) % last];
    return points[std::clamp(i, 0, last)];
  };
  std::vector<Place> curve;
  for (int i = 0; i < last; ++i) {
    const Place a = at(i - 1), b = at(i), c = at(i + 1), d = at(i + 2);
    for (int k = 0; k < kSubdivisions; ++k) {
      const float t = static_cast<float>(k) / kSubdivisions;
      const auto spline = [t](float a, float b, float c, float d) {
        return b + 0.5f * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
      };
      curve.push_back({spline(a.x, b.x, c.x, d.x), spline(a.y, b.y, c.y, d.y)});
    }
  }
  curve.push_back(points[last]);
  return curve;
}

// The strokes of one digit, in pixels, as ink.
Ink DrawDigit(const GlyphStyle& style, float d, Random* random) {
  const ElasticField bend(d * kElastic, random);
  const PoseSpread spread = {.turn = d * kTurn, .shear = d * kShear, .stretch = d * kStretch, .move = d * kMove};
  const Pose place(spread, kPixelsPerUnit, kSide, random);
  const float radius = 0.95f + 0.35f * d * Even(random);
  const float softness = 1.1f + 0.4f * d * Even(random);
  Ink ink(kSide, kSide);
  std::vector<PenPoint> line;
  for (GlyphStroke stroke : style) {
    const Place begin = stroke.front(), end = stroke.back();
    const bool closed = begin.x == end.x && begin.y == end.y;
    for (Place& p : stroke) p = {p.x + d * kTremble * Bell(random), p.y + d * kTremble * Bell(random)};
    if (closed) stroke.back() = stroke.front();
    const float pressure = d * kPressure * Even(random);
    const std::vector<Place> curve = Curve(stroke);
    line.clear();
    for (size_t i = 0; i < curve.size(); ++i) {
      const Place p = place(bend(curve[i]));
      const float along = static_cast<float>(i) / static_cast<float>(curve.size() - 1) - 0.5f;
      line.push_back({p.x, p.y, radius * (1 + pressure * along)});
    }
    DrawLine(line, &ink, softness);
  }
  return ink;
}

// Fades the ink, adds noise, and rounds to bytes.
void Develop(const Ink& ink, float d, Random* random, uint8_t* pixels) {
  const float strength = 255.0f * (1.0f - d * kFade * random->Uniform());
  const float noise = 255.0f / kGrainDeviation * d * kNoise * random->Uniform();
  for (size_t i = 0; i < ink.values.size(); ++i) {
    const float value = strength * ink.values[i] + noise * Grain(random);
    pixels[i] = static_cast<uint8_t>(std::clamp(value, 0.0f, 255.0f) + 0.5f);
  }
}

}  // namespace

Dataset MakeGlyphs(const GlyphOptions& options, const Random& random) {
  DL_CHECK(options.count >= 0 && options.difficulty >= 0)
      << "MakeGlyphs: count is " << options.count << ", difficulty is " << options.difficulty;
  const auto& styles = GlyphStyles();
  Dataset glyphs{"glyphs", {1, kSide, kSide}, std::vector<uint8_t>(options.count * kSide * kSide), {}, {}};
  for (size_t digit = 0; digit < styles.size(); ++digit) glyphs.class_names.push_back(std::to_string(digit));
  uint8_t* pixels = std::get<std::vector<uint8_t>>(glyphs.values).data();
  for (int64_t i = 0; i < options.count; ++i) {
    Random chance = random.Split(i);
    const auto label = static_cast<int32_t>(i % styles.size());
    const auto& choices = styles[label];
    const GlyphStyle& style = choices[chance.Below(static_cast<int64_t>(choices.size()))];
    Develop(DrawDigit(style, options.difficulty, &chance), options.difficulty, &chance, pixels + i * kSide * kSide);
    glyphs.labels.push_back(label);
  }
  return glyphs;
}

}  // namespace dl
