// The twins of batch_normalization.h: the definition as loops over N and over the places of a map.
#ifndef MODULES_PRIMITIVES_REFERENCE_BATCH_NORMALIZATION_H_
#define MODULES_PRIMITIVES_REFERENCE_BATCH_NORMALIZATION_H_

#include <cmath>

#include "modules/primitives/batch_normalization.h"
#include "modules/primitives/reference/array.h"

namespace dl::reference {

// Calls f(channel, offset of an element) for each element of x [N, C, ...].
template <typename F>
void ForEachOfChannel(const Shape& x, F f) {
  const int64_t places = NumElements(x) / (x[0] * x[1]);
  for (int64_t e = 0; e < NumElements(x); ++e) f(e / places % x[1], e);
}

// The mean over N and places of each channel: [C].
template <typename T>
Array<T> ChannelMean(const Array<T>& x) {
  Array<T> mean(Shape{x.shape[1]});
  const T count = T(NumElements(x.shape) / x.shape[1]);
  ForEachOfChannel(x.shape, [&](auto c, auto e) { mean.values[c] += x.values[e] / count; });
  return mean;
}

// The mean squared distance from the mean of each channel: [C].
template <typename T>
Array<T> ChannelVariance(const Array<T>& x) {
  const Array<T> mean = ChannelMean(x);
  Array<T> square(x.shape);
  ForEachOfChannel(x.shape, [&](auto c, auto e) {
    square.values[e] = (x.values[e] - mean.values[c]) * (x.values[e] - mean.values[c]);
  });
  return ChannelMean(square);
}

// y, x's shape, from given statistics; mean, variance, scale, shift: [C].
template <typename T>
Array<T> BatchNormalizationInference(const Array<T>& x, const Array<T>& mean, const Array<T>& variance,
                                     const Array<T>& scale, const Array<T>& shift, const BatchNormalizationOptions& o) {
  Array<T> y(x.shape);
  ForEachOfChannel(x.shape, [&](auto c, auto e) {
    const T normal = (x.values[e] - mean.values[c]) / std::sqrt(variance.values[c] + T(o.epsilon));
    y.values[e] = scale.values[c] * normal + shift.values[c];
    if (o.relu && !(y.values[e] > T(0))) y.values[e] = T(0);
  });
  return y;
}

// y, x's shape, from the batch's own statistics.
template <typename T>
Array<T> BatchNormalization(const Array<T>& x, const Array<T>& scale, const Array<T>& shift,
                            const BatchNormalizationOptions& o) {
  return BatchNormalizationInference(x, ChannelMean(x), ChannelVariance(x), scale, shift, o);
}

template <typename T>
struct BatchNormalizationSlopes {
  Array<T> dx, dscale, dshift;
};

// With u = (x - mean) / sqrt(variance + epsilon), so that y = scale u + shift:
// dx = scale / sqrt(variance + epsilon) · (dy - mean of dy - u · mean of (dy u)), dscale = sum of dy u, dshift = sum of
// dy.
template <typename T>
BatchNormalizationSlopes<T> BatchNormalizationBackward(const Array<T>& x, const Array<T>& scale, const Array<T>& shift,
                                                       const Array<T>& dy, const BatchNormalizationOptions& o) {
  const Array<T> mean = ChannelMean(x), variance = ChannelVariance(x), y = BatchNormalization(x, scale, shift, o);
  const int64_t channels = x.shape[1];
  const T count = T(NumElements(x.shape) / channels);
  Array<T> u(x.shape), through = dy, dx(x.shape), dscale(Shape{channels}), dshift(Shape{channels});
  ForEachOfChannel(x.shape, [&](auto c, auto e) {
    u.values[e] = (x.values[e] - mean.values[c]) / std::sqrt(variance.values[c] + T(o.epsilon));
    if (o.relu && !(y.values[e] > T(0))) through.values[e] = T(0);
    dscale.values[c] += through.values[e] * u.values[e];
    dshift.values[c] += through.values[e];
  });
  ForEachOfChannel(x.shape, [&](auto c, auto e) {
    dx.values[e] = scale.values[c] / std::sqrt(variance.values[c] + T(o.epsilon)) *
                   (through.values[e] - (dshift.values[c] + u.values[e] * dscale.values[c]) / count);
  });
  return {dx, dscale, dshift};
}

}  // namespace dl::reference

#endif  // MODULES_PRIMITIVES_REFERENCE_BATCH_NORMALIZATION_H_
