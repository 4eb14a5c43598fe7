#include "datasets/texture.h"

#include <algorithm>
#include <cmath>

#include "datasets/deformation.h"
#include "datasets/exact_random.h"

namespace dl {
namespace {

// A direction, each as likely as another.
Place RandomDirection(Random* random) {
  for (;;) {
    const float x = Even(random), y = Even(random);
    const float square = x * x + y * y;
    if (square > 1 || square < 0.01f) continue;
    const float inverse = 1 / std::sqrt(square);
    return {x * inverse, y * inverse};
  }
}

// Bands across a line, in [0, 1]: as wide as the gaps between them, the edges about a pixel soft.
float Stripe(float along, float period) {
  const float phase = along / period;
  const float wave = std::abs(2 * (phase - std::floor(phase)) - 1);  // from 1 to 0 and back
  return std::clamp((wave - 0.5f) * 0.5f * period + 0.5f, 0.0f, 1.0f);
}

template <typename F>
Ink Fill(int64_t height, int64_t width, F f) {
  Ink ink(height, width);
  for (int64_t row = 0; row < height; ++row) {
    for (int64_t column = 0; column < width; ++column) {
      ink.values[row * width + column] = f(static_cast<float>(column) + 0.5f, static_cast<float>(row) + 0.5f);
    }
  }
  return ink;
}

}  // namespace

Ink DrawTexture(Texture texture, int64_t height, int64_t width, Random* random) {
  const Place along = RandomDirection(random);
  const float period = random->Uniform(4.0f, 10.0f), start = random->Uniform(0.0f, period);
  const auto side = static_cast<float>(std::max(height, width));
  switch (texture) {
    case Texture::kPlain:
      break;
    case Texture::kStripes:
      return Fill(height, width, [&](float x, float y) { return Stripe(along.x * x + along.y * y + start, period); });
    case Texture::kGradient: {
      const float middle = 0.5f * (along.x * static_cast<float>(width) + along.y * static_cast<float>(height));
      return Fill(height, width, [&](float x, float y) {
        return std::clamp(0.5f + (along.x * x + along.y * y - middle) / side, 0.0f, 1.0f);
      });
    }
    case Texture::kChecker:
      return Fill(height, width, [&](float x, float y) {
        const float a = Stripe(along.x * x + along.y * y + start, 1.5f * period);
        const float b = Stripe(along.x * y - along.y * x + start, 1.5f * period);
        return a + b - 2 * a * b;
      });
    case Texture::kBlotches: {
      const ElasticField field(1.0f, random);
      return Fill(height, width, [&](float x, float y) {
        return std::clamp(0.5f + field.At({x * 100 / side, y * 100 / side}).x, 0.0f, 1.0f);
      });
    }
  }
  return Ink(height, width);
}

}  // namespace dl
