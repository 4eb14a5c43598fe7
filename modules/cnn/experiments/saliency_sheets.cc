#include "modules/cnn/experiments/saliency_sheets.h"

#include <algorithm>
#include <cmath>

#include "modules/cnn/class_maximizing.h"

namespace dl {
namespace {

constexpr int64_t kLargerThanWhite = 100;  // one pixel in so many

Image ContrastPicture(const Tensor& x) {
  double sum = 0, squares = 0;
  for (const float value : x.values()) {
    sum += value;
    squares += static_cast<double>(value) * value;
  }
  const double mean = sum / static_cast<double>(x.size());
  const double range = 3 * std::sqrt(squares / static_cast<double>(x.size()) - mean * mean);
  return PictureOf(x.data(), x.dim(1), x.dim(2), x.dim(3), static_cast<float>(mean - range),
                   static_cast<float>(mean + range));
}

}  // namespace

Image MapPicture(const Tensor& map) {
  std::vector<float> values(map.data(), map.data() + map.size());
  const auto white = values.end() - 1 - map.size() / kLargerThanWhite;
  std::nth_element(values.begin(), white, values.end());
  return PictureOf(map.data(), 1, map.dim(0), map.dim(1), 0, *white);
}

Image PictureAt(const Tensor& pictures, int64_t i) {
  const int64_t size = pictures.size() / pictures.dim(0);
  return PictureOf(pictures.data() + i * size, pictures.dim(1), pictures.dim(2), pictures.dim(3), 0, 1);
}

PictureSheet MapSheet(const Dataset& data, const Tensor& pictures, const std::vector<int64_t>& predicted,
                      const std::vector<Tensor>& masks, const std::vector<std::string>& names,
                      const std::vector<std::vector<Tensor>>& maps, int64_t count) {
  PictureSheet sheet(pictures.dim(2));
  for (int64_t i = 0; i < std::min(count, static_cast<int64_t>(maps.size())); ++i) {
    const auto title = [&](const std::string& text) { return i == 0 ? text : ""; };
    const std::string &is = data.class_names[data.labels[i]], &taken = data.class_names[predicted[i]];
    sheet.BeginLine(is == taken ? is : is + " (" + taken + ")");
    sheet.Add(PictureAt(pictures, i), title("picture"));
    sheet.Add(MapPicture(masks[i]), title("shape"));
    for (size_t m = 0; m < names.size(); ++m) sheet.Add(MapPicture(maps[i][m]), title(names[m]));
  }
  return sheet;
}

PictureSheet ClassSheet(Sequential& model, const Shape& image, const std::vector<std::string>& classes, int64_t steps,
                        uint64_t seed) {
  PictureSheet sheet(image[1]);
  for (const bool regularized : {false, true}) {
    sheet.BeginLine(regularized ? "decay, blur" : "ascent alone");
    MaximizeOptions options{.steps = steps};
    if (!regularized) options.decay = 0, options.blur_every = 0;
    for (size_t k = 0; k < classes.size(); ++k) {
      const Tensor x = MaximizeClass(model, image, static_cast<int64_t>(k), Random(seed).Split(k), options);
      sheet.Add(ContrastPicture(x), regularized ? "" : classes[k]);
    }
  }
  return sheet;
}

}  // namespace dl
