#include "modules/cnn/experiments/filter_sheets.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "absl/strings/str_cat.h"
#include "modules/cnn/hand_made_kernels.h"
#include "modules/primitives/reorder.h"

namespace dl {
namespace {

constexpr int64_t kShownFilters = 16, kShownMaps = 8;

// Picture n of [N, C, H, W].
Image PictureAt(const Tensor& pictures, int64_t n, float low, float high) {
  const int64_t size = pictures.size() / pictures.dim(0);
  return PictureOf(pictures.data() + n * size, pictures.dim(1), pictures.dim(2), pictures.dim(3), low, high);
}

// `count` of the numbers 0, ..., scores.size() - 1, those of the largest scores, the largest first.
std::vector<int64_t> Largest(const std::vector<double>& scores, int64_t count) {
  std::vector<int64_t> order(scores.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](int64_t a, int64_t b) { return scores[a] > scores[b]; });
  order.resize(std::min<size_t>(order.size(), count));
  return order;
}

double Variance(const float* values, int64_t n) {
  double sum = 0, squares = 0;
  for (int64_t i = 0; i < n; ++i) {
    sum += values[i];
    squares += static_cast<double>(values[i]) * values[i];
  }
  const double mean = sum / static_cast<double>(n);
  return squares / static_cast<double>(n) - mean * mean;
}

// The outline of what the unit at (row, column) sees, as far as it lies in the picture: black and white by turns, which
// shows on any colour.
void DrawFrame(const ReceptiveField& field, int64_t row, int64_t column, Image* image) {
  const int64_t top = field.start + row * field.stride, left = field.start + column * field.stride;
  const int64_t first_row = std::max<int64_t>(top, 0), first_column = std::max<int64_t>(left, 0);
  const int64_t last_row = std::min(top + field.size, image->height) - 1;
  const int64_t last_column = std::min(left + field.size, image->width) - 1;
  for (int64_t i = first_row; i <= last_row; ++i) {
    for (int64_t j = first_column; j <= last_column; ++j) {
      const bool on_frame = i == first_row || i == last_row || j == first_column || j == last_column;
      if (on_frame) FillRectangle(i, j, 1, 1, (i + j) % 4 < 2 ? kBlack : kWhite, image);
    }
  }
}

float SumOfPositive(const HandMadeKernel& kernel) {
  float sum = 0;
  for (const float weight : kernel.weights) sum += std::max(weight, 0.0f);
  return sum;
}

bool MeasuresSlope(const HandMadeKernel& kernel) {
  return std::abs(std::accumulate(kernel.weights.begin(), kernel.weights.end(), 0.0f)) < 1e-6f;
}

}  // namespace

PictureSheet KernelSheet(const Tensor& pictures) {
  PictureSheet sheet(std::max(pictures.dim(2), pictures.dim(3)));
  const Tensor strength = EdgeStrength(pictures);
  std::vector<Tensor> results;
  for (const HandMadeKernel& kernel : HandMadeKernels()) results.push_back(ApplyKernel(kernel, pictures));
  for (int64_t n = 0; n < pictures.dim(0); ++n) {
    const auto title = [&](const std::string& text) { return n == 0 ? text : ""; };
    sheet.BeginLine("");
    sheet.Add(PictureAt(pictures, n, 0, 1), title("picture"));
    for (size_t k = 0; k < results.size(); ++k) {
      const HandMadeKernel& kernel = HandMadeKernels()[k];
      // A slope's results reach the sum of its positive weights, either way; half of that is contrast enough.
      const float most = SumOfPositive(kernel) / 2;
      const float low = MeasuresSlope(kernel) ? -most : 0, high = MeasuresSlope(kernel) ? most : 1;
      sheet.Add(PictureAt(results[k], n, low, high), title(kernel.name));
    }
    sheet.Add(PictureAt(strength, n, 0, 2), title("edges"));
  }
  return sheet;
}

void AddFilterLine(const std::string& label, const Tensor& w, PictureSheet& sheet) {
  sheet.BeginLine(label);
  const int64_t size = w.size() / w.dim(0);
  for (int64_t k = 0; k < std::min(w.dim(0), kShownFilters); ++k) {
    float most = 0;
    for (int64_t i = 0; i < size; ++i) most = std::max(most, std::abs(w.data()[k * size + i]));
    sheet.Add(PictureAt(w, k, -most, most));
  }
}

PictureSheet FeatureMapSheet(Sequential& model, const std::vector<MapLayer>& layers, const Tensor& picture,
                             const Tensor& normalized) {
  PictureSheet sheet(std::max(picture.dim(2), picture.dim(3)));
  sheet.BeginLine("picture");
  sheet.Add(PictureAt(picture, 0, 0, 1));
  const std::vector<Variable> outputs = model.Outputs(normalized, {});
  for (const MapLayer& layer : layers) {
    const Tensor maps = ToPlain(outputs[layer.output].value());
    const int64_t area = maps.dim(2) * maps.dim(3);
    std::vector<double> variances;
    for (int64_t k = 0; k < maps.dim(1); ++k) variances.push_back(Variance(maps.data() + k * area, area));
    sheet.BeginLine(layer.name);
    for (const int64_t k : Largest(variances, kShownMaps)) {
      const float* map = maps.data() + k * area;
      sheet.Add(PictureOf(map, 1, maps.dim(2), maps.dim(3), 0, *std::max_element(map, map + area)));
    }
  }
  return sheet;
}

PictureSheet ExcitingSheet(const std::vector<MapLayer>& layers, const std::vector<UnitResponses>& responses,
                           const Tensor& pictures, int64_t per_layer, int64_t count) {
  PictureSheet sheet(std::max(pictures.dim(2), pictures.dim(3)));
  for (size_t l = 0; l < layers.size(); ++l) {
    std::vector<double> strongest;
    for (int64_t k = 0; k < responses[l].units(); ++k) {
      const auto top = responses[l].Strongest(k, count);
      strongest.push_back(top.empty() ? 0 : top.back().value);
    }
    for (const int64_t unit : Largest(strongest, per_layer)) {
      sheet.BeginLine(absl::StrCat(layers[l].name, ", ", unit));
      for (const UnitResponses::Response& response : responses[l].Strongest(unit, count)) {
        Image picture = PictureAt(pictures, response.picture, 0, 1);
        DrawFrame(layers[l].field, response.row, response.column, &picture);
        sheet.Add(std::move(picture));
      }
    }
  }
  return sheet;
}

}  // namespace dl
