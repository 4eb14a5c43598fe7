#include "modules/training/error_gallery.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "datasets/contact_sheet.h"
#include "datasets/text.h"
#include "modules/base/check.h"

namespace dl {
namespace {

constexpr int64_t kMargin = 16, kGap = 14;           // pixels
constexpr int64_t kTitle = 40, kLine = 18;           // the heights of the title's line and of a caption's
constexpr int64_t kSheetWidth = 960;                 // at most, unless the title or a single tile is wider
constexpr int64_t kPictureHeight = 140;              // at most, unless a picture is higher as it is
constexpr float kTitleText = 13, kCaptionText = 10;  // the height of capitals
constexpr Color kInk = {40, 40, 40}, kRed = {190, 40, 0};

struct Tile {
  int64_t example;
  std::string label, answer;  // the two lines under the picture
};

std::vector<Tile> Tiles(const Predictions& predictions, absl::Span<const Mistake> mistakes) {
  std::vector<Tile> tiles;
  for (const Mistake& m : mistakes) {
    tiles.push_back({m.example, predictions.class_names[predictions.labels[m.example]],
                     absl::StrFormat("> %s %.3f", predictions.class_names[m.predicted], m.probability)});
  }
  return tiles;
}

int64_t PixelWidth(const std::string& text, float height) {
  return static_cast<int64_t>(std::ceil(TextWidth(text, height)));
}

Image Sheet(const Dataset& images, const std::vector<Tile>& tiles, const std::string& title) {
  const int64_t scale = std::max<int64_t>(1, kPictureHeight / images.example_shape[1]);
  const int64_t height = images.example_shape[1] * scale;
  int64_t width = images.example_shape[2] * scale;
  for (const Tile& tile : tiles) {
    width = std::max({width, PixelWidth(tile.label, kCaptionText), PixelWidth(tile.answer, kCaptionText)});
  }
  const auto count = static_cast<int64_t>(tiles.size());
  const int64_t fit = std::max<int64_t>(1, (kSheetWidth - 2 * kMargin + kGap) / (width + kGap));
  const int64_t columns = std::min(fit, count), rows = (count + fit - 1) / fit;
  const int64_t row_height = height + 2 * kLine + kGap;
  Image sheet(kTitle + rows * row_height + kMargin,
              std::max(columns * (width + kGap) - kGap, PixelWidth(title, kTitleText)) + 2 * kMargin);
  Ink labels(sheet.height, sheet.width), answers(sheet.height, sheet.width);
  DrawText(title, kMargin, kMargin, kTitleText, &labels);
  for (int64_t i = 0; i < count; ++i) {
    const int64_t top = kTitle + i / fit * row_height, left = kMargin + i % fit * (width + kGap);
    DrawExample(images, tiles[i].example, scale, top, left, &sheet);
    const auto x = static_cast<float>(left), y = static_cast<float>(top + height + 6);
    DrawText(tiles[i].label, x, y, kCaptionText, &labels);
    DrawText(tiles[i].answer, x, y + kLine, kCaptionText, &answers);
  }
  Paint(labels, kInk, &sheet);
  Paint(answers, kRed, &sheet);
  return sheet;
}

}  // namespace

std::vector<Mistake> SurestMistakes(const Predictions& predictions) {
  const std::vector<int64_t> predicted = PredictedClasses(predictions);
  std::vector<Mistake> mistakes;
  for (int64_t i = 0; i < predictions.size(); ++i) {
    if (predicted[i] != predictions.labels[i]) mistakes.push_back({i, predicted[i], predictions.row(i)[predicted[i]]});
  }
  std::stable_sort(mistakes.begin(), mistakes.end(),
                   [](const auto& a, const auto& b) { return a.probability > b.probability; });
  return mistakes;
}

Image ErrorGallery(const Dataset& images, const Predictions& predictions, int64_t most) {
  DL_CHECK(HoldsImages(images) && images.labels == predictions.labels && most >= 0)
      << "ErrorGallery: " << images.size() << " examples " << ToString(images.example_shape) << " of " << images.name
      << ", " << predictions.size() << " predictions, most is " << most << "; it shows images [1, H, W] or [3, H, W], "
      << "with the predictions for them";
  const std::vector<Mistake> mistakes = SurestMistakes(predictions);
  const auto shown = absl::MakeConstSpan(mistakes).subspan(0, most);
  const std::string which = shown.size() < mistakes.size() ? absl::StrCat("the surest ", shown.size(), " of ") : "all ";
  const std::string title =
      absl::StrCat(images.name, ": ", which, mistakes.size(), " mistakes in ", images.size(), " examples");
  return Sheet(images, Tiles(predictions, shown), title);
}

}  // namespace dl
