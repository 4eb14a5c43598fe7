#include "modules/cnn/experiments/picture_sheet.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "modules/base/check.h"
#include "modules/training/table.h"

namespace dl {
namespace {

constexpr int64_t kGap = 2;  // pixels between pictures

}  // namespace

Image PictureOf(const float* planes, int64_t channels, int64_t height, int64_t width, float low, float high) {
  DL_CHECK(channels == 1 || channels == 3) << "PictureOf: there are " << channels << " channels, not 1 or 3";
  Image image(height, width);
  const int64_t area = height * width;
  for (int64_t i = 0; i < area; ++i) {
    for (int64_t c = 0; c < 3; ++c) {
      const float value = planes[(channels == 3 ? c : 0) * area + i];
      const float share = high > low ? (value - low) / (high - low) : 0.0f;
      image.rgb[3 * i + c] = static_cast<uint8_t>(std::lround(255 * std::clamp(share, 0.0f, 1.0f)));
    }
  }
  return image;
}

void PictureSheet::Add(Image picture, std::string title) {
  DL_CHECK(!lines_.empty()) << "PictureSheet: no line has begun";
  DL_CHECK(std::max(picture.height, picture.width) <= side_)
      << "PictureSheet: a picture of " << picture.height << " x " << picture.width << " has room for " << side_;
  lines_.back().pictures.push_back({std::move(title), std::move(picture)});
}

Image PictureSheet::Canvas() const {
  size_t columns = 1;
  for (const Line& line : lines_) columns = std::max(columns, line.pictures.size());
  const int64_t step = side_ + kGap;
  Image canvas(static_cast<int64_t>(lines_.size()) * step - kGap, static_cast<int64_t>(columns) * step - kGap);
  for (size_t i = 0; i < lines_.size(); ++i) {
    for (size_t j = 0; j < lines_[i].pictures.size(); ++j) {
      const Image& picture = lines_[i].pictures[j].picture;
      const int64_t scale = side_ / std::max(picture.height, picture.width);
      const int64_t top = static_cast<int64_t>(i) * step, left = static_cast<int64_t>(j) * step;
      for (int64_t row = 0; row < scale * picture.height; ++row) {
        for (int64_t column = 0; column < scale * picture.width; ++column) {
          const uint8_t* from = &picture.rgb[3 * (row / scale * picture.width + column / scale)];
          std::copy_n(from, 3, &canvas.rgb[3 * ((top + row) * canvas.width + left + column)]);
        }
      }
    }
  }
  return canvas;
}

std::string PictureSheet::ToCsv() const {
  DL_CHECK(!lines_.empty()) << "PictureSheet: it has no line";
  const Image canvas = Canvas();
  std::map<std::pair<int64_t, int64_t>, std::pair<int, std::string>> texts;  // at (row, column): kind and text
  for (size_t i = 0; i < lines_.size(); ++i) {
    const int64_t top = static_cast<int64_t>(i) * (side_ + kGap);
    texts[{top + side_ / 2, 0}] = {2, lines_[i].label};
    for (size_t j = 0; j < lines_[i].pictures.size(); ++j) {
      const std::string& title = lines_[i].pictures[j].title;
      if (!title.empty()) texts[{top, static_cast<int64_t>(j) * (side_ + kGap) + side_ / 2}] = {1, title};
    }
  }
  Table table({"row", "column", "red", "green", "blue", "kind", "text"});
  for (int64_t i = 0; i < canvas.height * canvas.width; ++i) {
    const uint8_t* rgb = &canvas.rgb[3 * i];
    const auto text = texts.find({i / canvas.width, i % canvas.width});
    const auto [kind, words] = text != texts.end() ? text->second : std::pair<int, std::string>(0, "");
    table.AddRow({i / canvas.width, i % canvas.width, int{rgb[0]}, int{rgb[1]}, int{rgb[2]}, kind, words});
  }
  return table.ToCsv();
}

}  // namespace dl
