#include "modules/cnn/filter_bank.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>

#include "modules/base/check.h"
#include "modules/primitives/symmetric_eigen.h"

namespace dl {
namespace {

constexpr int kDirections = 16;

// The pixels of a window of side R, as places around its middle.
struct Window {
  int64_t side;
  double x(int64_t i) const { return static_cast<double>(i % side) - static_cast<double>(side - 1) / 2; }
  double y(int64_t i) const { return static_cast<double>(i / side) - static_cast<double>(side - 1) / 2; }
  int64_t area() const { return side * side; }
};

double Angle(int direction) { return M_PI * direction / kDirections; }

// A², summed over the channels, for a grating of `frequency` cycles a pixel.
double Energy(const float* filter, int64_t channels, const Window& window, double frequency, int direction) {
  const double c = std::cos(Angle(direction)), s = std::sin(Angle(direction));
  double energy = 0;
  for (int64_t channel = 0; channel < channels; ++channel) {
    std::complex<double> sum = 0;
    for (int64_t i = 0; i < window.area(); ++i) {
      const double phase = 2 * M_PI * frequency * (window.x(i) * c + window.y(i) * s);
      sum += static_cast<double>(filter[channel * window.area() + i]) * std::polar(1.0, phase);
    }
    energy += std::norm(sum);
  }
  return energy;
}

double Orientation(const float* filter, int64_t channels, const Window& window) {
  double largest = 0, orientation = 0;
  for (double cycles = 1; cycles <= static_cast<double>(window.side) / 2; cycles += 0.5) {
    std::array<double, kDirections> energies;
    std::complex<double> vector = 0;
    double sum = 0;
    for (int d = 0; d < kDirections; ++d) {
      energies[d] = Energy(filter, channels, window, cycles / static_cast<double>(window.side), d);
      vector += energies[d] * std::polar(1.0, 2 * Angle(d));
      sum += energies[d];
    }
    const double peak = *std::max_element(energies.begin(), energies.end());
    if (peak <= largest) continue;
    largest = peak;
    orientation = std::abs(vector) / sum;
  }
  return orientation;
}

// Two orthonormal vectors that span the Gabor functions of one direction, wave length, width and place, in any phase.
using Wave = std::array<std::vector<double>, 2>;

void Normalize(std::vector<double>& v) {
  double norm = 0;
  for (const double value : v) norm += value * value;
  for (double& value : v) value /= std::sqrt(norm);
}

Wave MakeWave(const Window& window, double angle, double length, double width, double left, double top) {
  Wave wave;
  for (int64_t i = 0; i < window.area(); ++i) {
    const double x = window.x(i) - left, y = window.y(i) - top;
    const double bell = std::exp(-(x * x + y * y) / (2 * width * width));
    const double phase = 2 * M_PI / length * (x * std::cos(angle) + y * std::sin(angle));
    wave[0].push_back(bell * std::cos(phase));
    wave[1].push_back(bell * std::sin(phase));
  }
  Normalize(wave[0]);
  double overlap = 0;
  for (int64_t i = 0; i < window.area(); ++i) overlap += wave[0][i] * wave[1][i];
  for (int64_t i = 0; i < window.area(); ++i) wave[1][i] -= overlap * wave[0][i];
  Normalize(wave[1]);
  return wave;
}

std::vector<Wave> MakeWaves(const Window& window) {
  const double side = static_cast<double>(window.side);
  std::vector<Wave> waves;
  for (int d = 0; d < kDirections; ++d)
    for (const double cycles : {0.5, 0.75, 1.0, 1.5, 2.0, 2.5})
      for (const double width : {side / 6, side / 4, side / 2.5})
        for (const double left : {-side / 6, 0.0, side / 6})
          for (const double top : {-side / 6, 0.0, side / 6})
            waves.push_back(MakeWave(window, Angle(d), side / cycles, width, left, top));
  return waves;
}

double SumOfSquares(const float* values, int64_t n) {
  double sum = 0;
  for (int64_t i = 0; i < n; ++i) sum += static_cast<double>(values[i]) * values[i];
  return sum;
}

double GaborShare(const float* filter, int64_t channels, const Window& window, const std::vector<Wave>& waves) {
  double best = 0;
  for (const Wave& wave : waves) {
    double taken = 0;
    for (int64_t channel = 0; channel < channels; ++channel) {
      for (const std::vector<double>& part : wave) {
        double product = 0;
        for (int64_t i = 0; i < window.area(); ++i) product += part[i] * filter[channel * window.area() + i];
        taken += product * product;
      }
    }
    best = std::max(best, taken);
  }
  return best / SumOfSquares(filter, channels * window.area());
}

double ColourShare(const float* filter, int64_t channels, int64_t area) {
  double common = 0;
  for (int64_t i = 0; i < area; ++i) {
    double sum = 0;
    for (int64_t channel = 0; channel < channels; ++channel) sum += filter[channel * area + i];
    common += sum * sum / static_cast<double>(channels);
  }
  return std::max(0.0, 1 - common / SumOfSquares(filter, channels * area));
}

}  // namespace

std::vector<FilterNumbers> DescribeFilters(const Tensor& w) {
  DL_CHECK(w.rank() == 4 && w.dim(2) == w.dim(3) && w.dim(2) >= 3)
      << "DescribeFilters: w is " << ToString(w.shape()) << ", it must be [K, C, R, R] with R of 3 or more";
  const Window window = {w.dim(2)};
  const std::vector<Wave> waves = MakeWaves(window);
  std::vector<FilterNumbers> numbers;
  for (int64_t k = 0; k < w.dim(0); ++k) {
    const int64_t size = w.dim(1) * window.area();
    const float* filter = w.data() + k * size;
    if (SumOfSquares(filter, size) == 0) {
      numbers.push_back({});
      continue;
    }
    numbers.push_back({.orientation = Orientation(filter, w.dim(1), window),
                       .gabor = GaborShare(filter, w.dim(1), window, waves),
                       .colour = ColourShare(filter, w.dim(1), window.area())});
  }
  return numbers;
}

std::vector<double> ComponentShares(const Tensor& w) {
  const int64_t filters = w.dim(0), size = w.size() / filters;
  Tensor products = Tensor::Zeros({size, size}, DType::kF64);
  double* sums = products.mutable_data_f64();
  for (int64_t k = 0; k < filters; ++k) {
    const float* filter = w.data() + k * size;
    for (int64_t i = 0; i < size; ++i)
      for (int64_t j = 0; j < size; ++j) sums[i * size + j] += static_cast<double>(filter[i]) * filter[j];
  }
  const Tensor values = SymmetricEigenOf(products).values;
  double total = 0;
  std::vector<double> shares;
  for (int64_t i = 0; i < size; ++i) total += values.data_f64()[i];
  for (int64_t i = 0; i < size; ++i) shares.push_back(std::max(0.0, values.data_f64()[i] / total));
  return shares;
}

}  // namespace dl
