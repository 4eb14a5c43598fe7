#include "modules/cnn/winograd.h"

#include <algorithm>

#include "modules/base/check.h"

namespace dl {
namespace {

// Coefficients, of the lowest power first, of the product of (x - p) over all points but the one at `without`.
std::vector<double> ProductOfDistances(const std::vector<double>& points, size_t without) {
  std::vector<double> polynomial = {1};
  for (size_t j = 0; j < points.size(); ++j) {
    if (j == without) continue;
    polynomial.push_back(0);
    for (size_t k = polynomial.size(); k-- > 0;) {
      polynomial[k] = (k > 0 ? polynomial[k - 1] : 0) - points[j] * polynomial[k];
    }
  }
  return polynomial;
}

double SumOfSquares(const std::vector<double>& row) {
  double sum = 0;
  for (const double value : row) sum += value * value;
  return sum;
}

// A matrix in f32, row by row.
struct F32Matrix {
  explicit F32Matrix(const Matrix& m) : rows(m.size()), columns(m[0].size()) {
    for (const auto& row : m) values.insert(values.end(), row.begin(), row.end());
  }
  int64_t rows, columns;
  std::vector<float> values;
};

// m t mᵀ for square t [columns, columns]: the transform along both axes.
std::vector<float> Transformed(const F32Matrix& m, const std::vector<float>& t) {
  std::vector<float> half(m.rows * m.columns), whole(m.rows * m.rows);
  for (int64_t i = 0; i < m.rows; ++i)
    for (int64_t k = 0; k < m.columns; ++k)
      for (int64_t j = 0; j < m.columns; ++j)
        half[i * m.columns + j] += m.values[i * m.columns + k] * t[k * m.columns + j];
  for (int64_t i = 0; i < m.rows; ++i)
    for (int64_t j = 0; j < m.rows; ++j)
      for (int64_t k = 0; k < m.columns; ++k)
        whole[i * m.rows + j] += half[i * m.columns + k] * m.values[j * m.columns + k];
  return whole;
}

// The `side` x `side` elements of a plane [height, width] from (top, left) on; zeros beyond it.
std::vector<float> TileOf(const float* plane, int64_t height, int64_t width, int64_t top, int64_t left, int64_t side) {
  std::vector<float> tile(side * side);
  for (int64_t i = 0; i < std::min(side, height - top); ++i) {
    const int64_t n = std::min(side, width - left);
    std::copy_n(plane + (top + i) * width + left, n, tile.begin() + i * side);
  }
  return tile;
}

}  // namespace

// [transforms]
WinogradTransforms MakeWinogradTransforms(int64_t outputs, int64_t window, const std::vector<double>& points) {
  const int64_t n = outputs + window - 1;
  DL_CHECK(static_cast<int64_t>(points.size()) == n - 1)
      << "F(" << outputs << ", " << window << ") wants " << n - 1 << " points, there are " << points.size();
  WinogradTransforms t = {Matrix(outputs, std::vector<double>(n)), Matrix(n, std::vector<double>(window)),
                          Matrix(n, std::vector<double>(n))};
  for (int64_t i = 0; i < n - 1; ++i) {
    double distances = 1;  // to the other points
    for (int64_t j = 0; j < n - 1; ++j) distances *= i == j ? 1 : points[i] - points[j];
    DL_CHECK(distances != 0) << "point " << points[i] << " stands twice";
    double power = 1;
    for (int64_t k = 0; k < std::max(outputs, window); ++k, power *= points[i]) {
      if (k < outputs) t.output[k][i] = power;
      if (k < window) t.weights[i][k] = power / distances;
    }
    const std::vector<double> polynomial = ProductOfDistances(points, i);
    std::copy(polynomial.begin(), polynomial.end(), t.input[i].begin());
  }
  t.output[outputs - 1][n - 1] = t.weights[n - 1][window - 1] = 1;  // at infinity only the highest power counts
  t.input[n - 1] = ProductOfDistances(points, points.size());
  return t;
}
// [/transforms]

double WinogradSaving(const WinogradTransforms& t) {
  const double along_one_axis =
      static_cast<double>(t.output.size() * t.weights[0].size()) / static_cast<double>(t.input.size());
  return along_one_axis * along_one_axis;
}

double WinogradErrorGrowth(const WinogradTransforms& t) {
  double sum = 0;
  for (const std::vector<double>& row : t.output) {
    for (size_t i = 0; i < row.size(); ++i) {
      sum += row[i] * row[i] * SumOfSquares(t.input[i]) * SumOfSquares(t.weights[i]);
    }
  }
  const double window = static_cast<double>(t.weights[0].size());
  return sum / static_cast<double>(t.output.size()) / (window * window);
}

Tensor WinogradConvolution(const Tensor& x, const Tensor& w, const WinogradTransforms& transforms) {
  const F32Matrix output(transforms.output), weights(transforms.weights), input(transforms.input);
  const int64_t m = output.rows, n = output.columns, r = weights.columns, area = n * n;
  const int64_t channels = x.dim(1), height = x.dim(2), width = x.dim(3), maps = w.dim(0);
  DL_CHECK(w.shape() == (Shape{maps, channels, r, r}) && height >= r && width >= r)
      << "WinogradConvolution: x is " << ToString(x.shape()) << ", w is " << ToString(w.shape());
  std::vector<std::vector<float>> u;  // of each map and channel
  for (int64_t i = 0; i < maps * channels; ++i) {
    u.push_back(Transformed(weights, TileOf(w.data() + i * r * r, r, r, 0, 0, r)));
  }
  Tensor y({x.dim(0), maps, height - r + 1, width - r + 1});
  float* out = y.mutable_data();
  for (int64_t image = 0; image < x.dim(0); ++image) {
    for (int64_t top = 0; top < y.dim(2); top += m) {
      for (int64_t left = 0; left < y.dim(3); left += m) {
        std::vector<std::vector<float>> v;  // of each channel
        for (int64_t c = 0; c < channels; ++c) {
          const float* plane = x.data() + (image * channels + c) * height * width;
          v.push_back(Transformed(input, TileOf(plane, height, width, top, left, n)));
        }
        for (int64_t k = 0; k < maps; ++k) {
          std::vector<float> products(area);
          for (int64_t c = 0; c < channels; ++c)
            for (int64_t e = 0; e < area; ++e) products[e] += u[k * channels + c][e] * v[c][e];
          const std::vector<float> tile = Transformed(output, products);
          float* plane = out + (image * maps + k) * y.dim(2) * y.dim(3);
          for (int64_t i = 0; i < std::min(m, y.dim(2) - top); ++i)
            std::copy_n(tile.begin() + i * m, std::min(m, y.dim(3) - left), plane + (top + i) * y.dim(3) + left);
        }
      }
    }
  }
  return y;
}

}  // namespace dl
