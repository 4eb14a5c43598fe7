#include "datasets/augmentation.h"

#include <map>
#include <utility>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace dl {
namespace {

using testing::HasSubstr;

TEST(ParseAugmentationTest, ReadsEveryItem) {
  const auto options = ParseAugmentation("crop:4,shift:2,reflect,flip:alternating,cutout:8,jitter:0.25,mixup:0.5");
  ASSERT_TRUE(options.ok()) << options.status();
  const AugmentationOptions wanted = {.crop = 4,
                                      .shift = 2,
                                      .padding = Padding::kMirror,
                                      .flip = Flip::kAlternating,
                                      .cutout = 8,
                                      .jitter = 0.25f,
                                      .mixup = 0.5f};
  EXPECT_EQ(*options, wanted);
  EXPECT_EQ(ParseAugmentation("flip")->flip, Flip::kRandom);
  EXPECT_EQ(ParseAugmentation("flip:random")->flip, Flip::kRandom);
  EXPECT_EQ(*ParseAugmentation("crop:4+flip"), (AugmentationOptions{.crop = 4, .flip = Flip::kRandom}));
  EXPECT_EQ(*ParseAugmentation(""), AugmentationOptions());
  EXPECT_EQ(*ParseAugmentation("none"), AugmentationOptions());
}

TEST(ParseAugmentationTest, RefusesInOneLineThatSaysWhatIsWanted) {
  const std::map<std::string, std::string> refusals = {
      {"croop:4", "unknown augmentation 'croop'; did you mean 'crop'?"},
      {"flips", "unknown augmentation 'flips'; did you mean 'flip'?"},
      {"flip,none", "unknown augmentation 'none'"},
      {"crop", "augmentation 'crop' is not valid: crop wants pixels, 1 to 1024, as in crop:4"},
      {"crop:x", "augmentation 'crop:x' is not valid"},
      {"crop:0", "1 to 1024"},
      {"crop:-3", "1 to 1024"},
      {"shift:1025", "1 to 1024"},
      {"cutout:2.5", "1 to 1024"},
      {"jitter:2", "jitter wants a number of 0.01 to 1"},
      {"jitter:nan", "jitter wants"},
      {"mixup:0", "mixup wants a number of 0.01 to 100"},
      {"jitter:0", "as in jitter:0.2"},
      {"flip:up", "flip wants 'random', which is the default, or 'alternating'"},
      {"flip:", "augmentation 'flip:' is not valid"},
      {"reflect:3", "reflect wants no value"},
      {"crop:2,flip,crop:4", "augmentation crop comes twice; leave one out"},
  };
  for (const auto& [text, why] : refusals) {
    const absl::Status status = ParseAugmentation(text).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << text;
    EXPECT_THAT(std::string(status.message()), HasSubstr(why));
  }
}

TEST(CheckAugmentationTest, WantsImagesLargerThanTheMoves) {
  EXPECT_TRUE(CheckAugmentation({.crop = 20, .shift = 11}, {3, 32, 40}).ok());
  EXPECT_TRUE(CheckAugmentation({.mixup = 1}, {2}).ok());
  EXPECT_EQ(CheckAugmentation({.crop = 20, .shift = 12}, {3, 32, 40}).message(),
            "crop and shift move images [3, 32, 40] by up to 32 pixels; that must be less than their size");
  EXPECT_THAT(std::string(CheckAugmentation({.jitter = 0.5f}, {2}).message()), HasSubstr("the examples are [2]"));
}

// Of 10,000 images, each time with the same generator.
template <typename Count>
void ForEachDraw(const AugmentationOptions& options, Count count) {
  Random random(1);
  for (int64_t i = 0; i < 10000; ++i) count(DrawChange(options, {3, 32, 32}, i, 0, &random));
}

TEST(DrawChangeTest, NothingHappensUnasked) {
  ForEachDraw(
      {}, [](const ImageChange& change) { EXPECT_FALSE(change.moves() || change.recolors() || change.cutout > 0); });
}

TEST(DrawChangeTest, CropsMoveEvenlyAlongBothAxes) {
  std::map<std::pair<int64_t, int64_t>, int> places;
  ForEachDraw({.crop = 2}, [&](const ImageChange& change) { ++places[{change.down, change.right}]; });
  EXPECT_EQ(places.size(), 25u);
  for (const auto& [place, count] : places) {
    EXPECT_LE(std::max(std::abs(place.first), std::abs(place.second)), 2);
    EXPECT_NEAR(count, 400, 80);  // four standard deviations
  }
}

TEST(DrawChangeTest, ShiftsMoveEvenlyAlongOneAxis) {
  std::map<std::pair<int64_t, int64_t>, int> places;
  ForEachDraw({.shift = 2}, [&](const ImageChange& change) { ++places[{change.down, change.right}]; });
  EXPECT_EQ(places.size(), 9u);
  for (const auto& [place, count] : places) {
    EXPECT_TRUE(place.first == 0 || place.second == 0);
    EXPECT_LE(std::max(std::abs(place.first), std::abs(place.second)), 2);
    EXPECT_NEAR(count, 10000 / 9, 126);
  }
}

TEST(DrawChangeTest, HalfOfTheImagesAreFlipped) {
  int random_flips = 0, alternating_flips = 0;
  ForEachDraw({.flip = Flip::kRandom}, [&](const ImageChange& change) { random_flips += change.flipped; });
  ForEachDraw({.flip = Flip::kAlternating}, [&](const ImageChange& change) { alternating_flips += change.flipped; });
  EXPECT_NEAR(random_flips, 5000, 200);
  EXPECT_NEAR(alternating_flips, 5000, 200);
}

TEST(DrawChangeTest, AnAlternatingFlipIsOfTheImageAndTheEpochOnly) {
  const AugmentationOptions options = {.flip = Flip::kAlternating};
  Random random(1), other(2);
  for (int64_t i = 0; i < 100; ++i) {
    const bool first = DrawChange(options, {3, 32, 32}, i, 0, &random).flipped;
    EXPECT_NE(first, DrawChange(options, {3, 32, 32}, i, 1, &random).flipped);
    EXPECT_EQ(first, DrawChange(options, {3, 32, 32}, i, 2, &other).flipped);
  }
}

TEST(DrawChangeTest, FactorsAreEvenAroundOne) {
  double brightness = 0, saturation = 0, product = 0;
  float least = 2, most = 0;
  ForEachDraw({.jitter = 0.3f}, [&](const ImageChange& change) {
    brightness += change.brightness / 10000;
    saturation += change.saturation / 10000;
    product += (change.brightness - 1) * (change.contrast - 1) / 10000;
    least = std::min(least, change.contrast), most = std::max(most, change.contrast);
  });
  EXPECT_NEAR(brightness, 1, 0.01);
  EXPECT_NEAR(saturation, 1, 0.01);
  EXPECT_NEAR(product, 0, 0.002);  // independent
  EXPECT_NEAR(least, 0.7, 0.001);
  EXPECT_NEAR(most, 1.3, 0.001);
}

TEST(DrawChangeTest, TheMiddleOfACutoutLiesAnywhereInTheImage) {
  int64_t least = 100, most = -100;
  double mean = 0;
  ForEachDraw({.cutout = 8}, [&](const ImageChange& change) {
    EXPECT_EQ(change.cutout, 8);
    least = std::min(least, change.cutout_top), most = std::max(most, change.cutout_top);
    mean += static_cast<double>(change.cutout_left) / 10000;
  });
  EXPECT_EQ(least, -4);
  EXPECT_EQ(most, 27);
  EXPECT_NEAR(mean, 11.5, 0.4);
}

}  // namespace
}  // namespace dl
