// Pictures in lines, as a table that a figure is drawn from: filters, feature maps, examples.
#ifndef MODULES_CNN_EXPERIMENTS_PICTURE_SHEET_H_
#define MODULES_CNN_EXPERIMENTS_PICTURE_SHEET_H_

#include <cstdint>
#include <string>
#include <vector>

#include "datasets/image.h"

namespace dl {

// Planes [channels, height, width], channels 1 (grey) or 3 (red, green, blue), as a picture: `low` and less is black,
// `high` and more white.
Image PictureOf(const float* planes, int64_t channels, int64_t height, int64_t width, float low, float high);

class PictureSheet {
 public:
  // Each picture has room for `side` x `side` pixels, to which it is enlarged by a whole number.
  explicit PictureSheet(int64_t side) : side_(side) {}

  // The next line, with its label at the left.
  void BeginLine(std::string label) { lines_.push_back({std::move(label), {}}); }

  // The next picture of the line, no larger than `side`, with a title above it, or "".
  void Add(Image picture, std::string title = "");

  // One row a pixel of the sheet: row, column, red, green, blue; and, at the pixels where they belong, kind 1 and the
  // title, or kind 2 and the label, else kind 0. Ends of short lines are white.
  std::string ToCsv() const;

 private:
  struct Titled {
    std::string title;
    Image picture;
  };
  struct Line {
    std::string label;
    std::vector<Titled> pictures;
  };

  Image Canvas() const;

  int64_t side_;
  std::vector<Line> lines_;
};

}  // namespace dl

#endif  // MODULES_CNN_EXPERIMENTS_PICTURE_SHEET_H_
