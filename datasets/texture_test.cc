#include "datasets/texture.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "gtest/gtest.h"

namespace dl {
namespace {

Ink Drawn(Texture texture, uint64_t seed) {
  Random random(seed);
  return DrawTexture(texture, 40, 40, &random);
}

double Mean(const Ink& ink) {
  return std::accumulate(ink.values.begin(), ink.values.end(), 0.0) / static_cast<double>(ink.values.size());
}

TEST(TextureTest, APlainSurfaceHasNoInk) { EXPECT_EQ(Mean(Drawn(Texture::kPlain, 1)), 0); }

TEST(TextureTest, PatternsFillAboutHalfAndDifferByTheGenerator) {
  for (Texture texture : {Texture::kStripes, Texture::kGradient, Texture::kChecker, Texture::kBlotches}) {
    double mean = 0;
    for (uint64_t seed = 0; seed < 50; ++seed) {
      const Ink ink = Drawn(texture, seed);
      const auto [least, most] = std::minmax_element(ink.values.begin(), ink.values.end());
      EXPECT_GE(*least, 0);
      EXPECT_LE(*most, 1);
      EXPECT_GT(*most - *least, 0.5) << static_cast<int>(texture);
      mean += Mean(ink) / 50;
    }
    EXPECT_NEAR(mean, 0.5, 0.08) << static_cast<int>(texture);
    EXPECT_NE(Drawn(texture, 1).values, Drawn(texture, 2).values);
    EXPECT_EQ(Drawn(texture, 1).values, Drawn(texture, 1).values);
  }
}

// How many pixels differ much from their right neighbours.
int Edges(const Ink& ink) {
  int edges = 0;
  for (size_t i = 1; i < ink.values.size(); ++i)
    edges += i % 40 != 0 && std::abs(ink.values[i] - ink.values[i - 1]) > 0.2f;
  return edges;
}

TEST(TextureTest, StripesAndCheckersHaveEdgesGradientsAndBlotchesHaveNone) {
  for (uint64_t seed = 0; seed < 20; ++seed) {
    EXPECT_GT(Edges(Drawn(Texture::kChecker, seed)), 100);
    EXPECT_EQ(Edges(Drawn(Texture::kGradient, seed)), 0);
    EXPECT_LT(Edges(Drawn(Texture::kBlotches, seed)), 100);
  }
}

}  // namespace
}  // namespace dl
