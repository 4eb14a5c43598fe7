#include "datasets/shapes.h"

#include <algorithm>
#include <array>
#include <vector>

#include "datasets/deformation.h"
#include "datasets/exact_random.h"
#include "datasets/image.h"
#include "datasets/polygon.h"
#include "datasets/shape_outlines.h"
#include "datasets/texture.h"
#include "modules/base/check.h"

namespace dl {
namespace {

constexpr int64_t kSide = 32;  // pixels
constexpr int64_t kPixels = kSide * kSide;
constexpr float kPixelsPerUnit = 0.23f;  // the box of 100 units is 23 pixels wide

// The spread of what makes one picture differ from another, at difficulty 1: standard deviations, or where it says so,
// the largest deviation.
constexpr PoseSpread kPose = {.turn = 0.35f, .shear = 0.12f, .stretch = 0.07f, .move = 1.8f};
constexpr float kSize = 0.2f;         // largest, of the scale
constexpr float kSecondColor = 0.3f;  // largest, of a texture's second colour: how far to another random one
constexpr float kCovered = 0.35f;     // share of pictures with something in front of the shape
constexpr float kNoise = 0.06f;       // largest, of the noise's standard deviation, in units of full light

constexpr float kContrast = 0.6f;  // the least distance of shape and background in the cube of colours, of side 1

using Light = std::array<float, 3>;  // red, green, blue, in [0, 1]

Light Mix(const Light& a, const Light& b, float share) {
  Light mixed;
  for (int c = 0; c < 3; ++c) mixed[c] = a[c] + share * (b[c] - a[c]);
  return mixed;
}

Light RandomLight(Random* random) { return {random->Uniform(), random->Uniform(), random->Uniform()}; }

Color Bytes(const Light& light) {
  Color color;
  for (int c = 0; c < 3; ++c) color[c] = static_cast<uint8_t>(255 * light[c] + 0.5f);
  return color;
}

// The colours of the background and of the shape, apart enough to be told apart.
std::pair<Light, Light> ContrastingLights(float d, Random* random) {
  for (;;) {
    const Light background = Mix({0, 0, 0}, RandomLight(random), d), shape = Mix({1, 1, 1}, RandomLight(random), d);
    float square = 0;
    for (int c = 0; c < 3; ++c) square += (background[c] - shape[c]) * (background[c] - shape[c]);
    if (square >= kContrast * kContrast) return {background, shape};
  }
}

// A texture of `light` and a colour not far from it.
Image Surface(const Light& light, float d, Random* random) {
  const auto texture = static_cast<Texture>(random->Below(kTextures));
  const Color second = Bytes(Mix(light, RandomLight(random), d * kSecondColor));
  Image surface(kSide, kSide);
  FillRectangle(0, 0, kSide, kSide, Bytes(light), &surface);
  Paint(DrawTexture(texture, kSide, kSide, random), second, &surface);
  return surface;
}

// The outlines where `pose` puts them, filled.
Ink Posed(std::vector<Outline> outlines, const Pose& pose) {
  for (Outline& outline : outlines) {
    for (Place& p : outline) p = pose(p);
  }
  return FillOutlines(outlines, kSide, kSide);
}

struct Drawing {
  Image image;
  Ink shape;  // as far as it can be seen
};

// A slab in front of the shape, its middle about the shape's edge.
void Cover(float d, Random* random, Drawing* drawing) {
  const Pose pose({.turn = 1.0f, .shear = 0, .stretch = 0.15f, .move = 6.0f}, 0.08f, kSide, random);
  const Color color = Bytes(RandomLight(random));
  if (random->Uniform() >= d * kCovered) return;
  const Ink slab = Posed({{{0, 0}, {100, 0}, {100, 100}, {0, 100}}}, pose);
  Paint(slab, color, &drawing->image);
  for (int64_t i = 0; i < kPixels; ++i) drawing->shape.values[i] *= 1 - slab.values[i];
}

// `difficulty` beyond 1 moves poses and noise only.
Drawing DrawShape(const std::vector<Outline>& outlines, float difficulty, Random* random) {
  const float d = std::min(difficulty, 1.0f);
  const auto [background, shape] = ContrastingLights(d, random);
  Drawing drawing{Surface(background, d, random), Ink(kSide, kSide)};
  const Image surface = Surface(shape, d, random);
  const float size = kPixelsPerUnit * (1 + d * kSize * Even(random));
  const PoseSpread spread = {.turn = difficulty * kPose.turn,
                             .shear = difficulty * kPose.shear,
                             .stretch = difficulty * kPose.stretch,
                             .move = difficulty * kPose.move};
  drawing.shape = Posed(outlines, Pose(spread, size, kSide, random));
  Paint(drawing.shape, surface, &drawing.image);
  Cover(d, random, &drawing);
  return drawing;
}

// Adds noise and puts the channels one behind the other.
void Develop(const Image& image, float difficulty, Random* random, uint8_t* pixels) {
  const float noise = 255.0f / kGrainDeviation * difficulty * kNoise * random->Uniform();
  for (int64_t i = 0; i < kPixels; ++i) {
    for (int64_t c = 0; c < 3; ++c) {
      const float value = static_cast<float>(image.rgb[3 * i + c]) + noise * Grain(random);
      pixels[c * kPixels + i] = static_cast<uint8_t>(std::clamp(value, 0.0f, 255.0f) + 0.5f);
    }
  }
}

}  // namespace

Dataset MakeShapes(const ShapesOptions& options, const Random& random) {
  DL_CHECK(options.count >= 0 && options.difficulty >= 0)
      << "MakeShapes: count is " << options.count << ", difficulty is " << options.difficulty;
  const std::vector<NamedShape>& shapes = ShapeOutlines();
  Dataset set{"shapes", {3, kSide, kSide}, std::vector<uint8_t>(options.count * 3 * kPixels), {}, {}};
  for (const NamedShape& shape : shapes) set.class_names.push_back(shape.name);
  uint8_t* pixels = std::get<std::vector<uint8_t>>(set.values).data();
  for (int64_t i = 0; i < options.count; ++i) {
    Random chance = random.Split(i);
    const auto label = static_cast<int32_t>(i % shapes.size());
    const Drawing drawing = DrawShape(shapes[label].outlines, options.difficulty, &chance);
    Develop(drawing.image, options.difficulty, &chance, pixels + i * 3 * kPixels);
    set.labels.push_back(label);
  }
  return set;
}

std::vector<float> ShapeMask(const ShapesOptions& options, const Random& random, int64_t i) {
  DL_CHECK(i >= 0 && i < options.count) << "ShapeMask: example " << i << " of " << options.count;
  const std::vector<NamedShape>& shapes = ShapeOutlines();
  Random chance = random.Split(i);
  return DrawShape(shapes[i % shapes.size()].outlines, options.difficulty, &chance).shape.values;
}

}  // namespace dl
