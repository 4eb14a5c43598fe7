#include "modules/primitives/reduction.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "absl/container/inlined_vector.h"
#include "modules/base/check.h"
#include "modules/primitives/internal/f64.h"
#include "modules/primitives/internal/multiversion.h"
#include "modules/primitives/internal/parallel.h"
#include "modules/primitives/internal/rows.h"
#include "modules/primitives/reference/reduction.h"
#include "modules/primitives/reorder.h"

namespace dl {
namespace {

using reference::FromTensor;
using reference::ToTensor;

constexpr int64_t kChunk = 16384;  // a long row is summed in chunks of this size, whatever the number of threads
constexpr int64_t kStrip = 128;    // so many columns are summed side by side

// For each axis of x, whether it is reduced.
using Mask = absl::InlinedVector<bool, 4>;

Mask MaskOf(Reduction f, const Tensor& x, absl::Span<const int> axes) {
  DL_CHECK(x.dtype() != DType::kBF16) << "Reduce(" << ToString(f) << "): x is " << ToString(x.dtype())
                                      << ", it must be f32 or f64; Cast(x, DType::kF32) makes it so";
  Mask mask(x.rank(), false);
  for (const int axis : axes) {
    const int index = axis < 0 ? axis + x.rank() : axis;
    DL_CHECK(index >= 0 && index < x.rank() && !mask[index])
        << "Reduce(" << ToString(f) << "): axis " << axis << " of x " << ToString(x.shape())
        << " is given twice or does not exist";
    mask[index] = true;
  }
  return mask;
}

// The axes of the mask, as the twins take them.
std::vector<int> AxesOf(const Mask& mask) {
  std::vector<int> axes;
  for (size_t i = 0; i < mask.size(); ++i) {
    if (mask[i]) axes.push_back(static_cast<int>(i));
  }
  return axes;
}

// The shape of the result, with the reduced axes as 1.
Shape KeptShape(const Shape& shape, const Mask& mask) {
  Shape kept = shape;
  for (size_t i = 0; i < kept.size(); ++i) {
    if (mask[i]) kept[i] = 1;
  }
  return kept;
}

// x seen as [outer, extent, inner], whose middle is one run of adjacent reduced axes.
struct Pass {
  int64_t outer = 1, extent = 1, inner = 1;
};

// The passes that reduce `shape`, the last axes first. Each sees what the one before it left.
std::vector<Pass> PassesOf(const Shape& shape, const Mask& mask) {
  std::vector<Pass> passes;
  int64_t kept = 1;  // the elements of the axes behind that stay
  for (size_t end = shape.size(); end > 0; --end) {
    if (!mask[end - 1]) {
      kept *= shape[end - 1];
      continue;
    }
    Pass pass{1, 1, kept};
    for (; end > 0 && mask[end - 1]; --end) pass.extent *= shape[end - 1];
    for (size_t i = 0; i < end; ++i) pass.outer *= shape[i];
    if (pass.extent != 1) passes.push_back(pass);
    ++end;  // the axis in front of the run is still to be seen
  }
  return passes;
}

DL_MULTIVERSION void SumRow(int64_t n, const float* x, double* sum) {
  *sum = SumOf(n, [x](int64_t i) { return static_cast<double>(x[i]); });
}

DL_MULTIVERSION void MaximumOfRow(int64_t n, const float* x, float* y) { *y = MaximumOf(n, x); }

// y[j] = the sum or maximum over r of x[r * stride + j], for j < n <= kStrip.
DL_MULTIVERSION void SumColumns(int64_t rows, int64_t stride, int64_t n, double divisor, const float* x, float* y) {
  double sums[kStrip] = {};
  for (int64_t r = 0; r < rows; ++r) {
    for (int64_t j = 0; j < n; ++j) sums[j] += x[r * stride + j];
  }
  for (int64_t j = 0; j < n; ++j) y[j] = static_cast<float>(sums[j] / divisor);
}

DL_MULTIVERSION void MaximaOfColumns(int64_t rows, int64_t stride, int64_t n, const float* x, float* __restrict y) {
  for (int64_t j = 0; j < n; ++j) y[j] = -std::numeric_limits<float>::infinity();
  for (int64_t r = 0; r < rows; ++r) {
    for (int64_t j = 0; j < n; ++j) y[j] = x[r * stride + j] > y[j] ? x[r * stride + j] : y[j];
  }
}

void SumRows(const Pass& pass, double divisor, const float* x, float* y) {
  const int64_t chunks = std::max<int64_t>((pass.extent + kChunk - 1) / kChunk, 1);
  std::vector<double> sums(pass.outer * chunks);
  ParallelFor(pass.outer * chunks, std::min(pass.extent, kChunk), [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i) {
      const int64_t first = i % chunks * kChunk;
      SumRow(std::min(pass.extent - first, kChunk), x + i / chunks * pass.extent + first, &sums[i]);
    }
  });
  for (int64_t o = 0; o < pass.outer; ++o) {
    const auto chunk = sums.begin() + o * chunks;
    y[o] = static_cast<float>(std::accumulate(chunk, chunk + chunks, 0.0) / divisor);
  }
}

// Calls body(outer index, first column, number of columns) for the strips of the pass.
template <typename Body>
void ForEachStrip(const Pass& pass, Body body) {
  const int64_t strips = (pass.inner + kStrip - 1) / kStrip;
  ParallelFor(pass.outer * strips, pass.extent * std::min(pass.inner, kStrip), [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i) {
      const int64_t first = i % strips * kStrip;
      body(i / strips, first, std::min(pass.inner - first, kStrip));
    }
  });
}

Tensor Run(Reduction f, const Pass& pass, double divisor, const Tensor& in) {
  Tensor out({pass.outer, pass.inner});
  const float* x = in.data();
  float* y = out.mutable_data();
  if (f == Reduction::kMax && pass.inner == 1) {
    ParallelFor(pass.outer, pass.extent, [&](int64_t begin, int64_t end) {
      for (int64_t o = begin; o < end; ++o) MaximumOfRow(pass.extent, x + o * pass.extent, y + o);
    });
  } else if (pass.inner == 1) {
    SumRows(pass, divisor, x, y);
  } else {
    ForEachStrip(pass, [&](int64_t o, int64_t first, int64_t n) {
      const float* from = x + o * pass.extent * pass.inner + first;
      float* to = y + o * pass.inner + first;
      if (f == Reduction::kMax) {
        MaximaOfColumns(pass.extent, pass.inner, n, from, to);
      } else {
        SumColumns(pass.extent, pass.inner, n, divisor, from, to);
      }
    });
  }
  return out;
}

// The inverse of a sum's pass: [outer, inner] to [outer, extent, inner].
Tensor Spread(const Pass& pass, const Tensor& in) {
  Tensor out({pass.outer, pass.extent, pass.inner});
  const float* x = in.data();
  float* y = out.mutable_data();
  ParallelFor(pass.outer, pass.extent * pass.inner, [&](int64_t begin, int64_t end) {
    for (int64_t o = begin; o < end; ++o) {
      float* to = y + o * pass.extent * pass.inner;
      if (pass.inner == 1) {
        std::fill_n(to, pass.extent, x[o]);
      } else {
        for (int64_t r = 0; r < pass.extent; ++r) std::copy_n(x + o * pass.inner, pass.inner, to + r * pass.inner);
      }
    }
  });
  return out;
}

Tensor SpreadAll(const Shape& shape, const Mask& mask, Tensor dy) {
  const std::vector<Pass> passes = PassesOf(shape, mask);
  for (size_t i = passes.size(); i-- > 0;) dy = Spread(passes[i], dy);
  return dy.Reshape(shape);
}

// dy for the first of the elements that equal their maximum, 0 for every other one; all have the shape of x.
Tensor GiveToFirst(const Tensor& x, const Mask& mask, const Tensor& maxima, const Tensor& dy) {
  const Shape kept = KeptShape(x.shape(), mask);
  std::vector<bool> given(NumElements(kept), false);
  Tensor dx = Tensor::Zeros(x.shape());
  float* to = dx.mutable_data();
  for (int64_t i = 0; i < x.size(); ++i) {
    if (x.data()[i] != maxima.data()[i]) continue;
    int64_t rest = i, stride = 1, output = 0;
    for (int d = x.rank(); d-- > 0; rest /= x.dim(d)) {
      if (!mask[d]) output += rest % x.dim(d) * stride;
      stride *= kept[d];
    }
    if (!given[output]) to[i] = dy.data()[i];
    given[output] = true;
  }
  return dx;
}

std::vector<int> AllAxes(const Tensor& x) {
  std::vector<int> axes(x.rank());
  std::iota(axes.begin(), axes.end(), 0);
  return axes;
}

}  // namespace

const char* ToString(Reduction f) { return f == Reduction::kSum ? "sum" : f == Reduction::kMean ? "mean" : "max"; }

Tensor Reduce(Reduction f, const Tensor& x, absl::Span<const int> axes, bool keep_dims) {
  const Mask mask = MaskOf(f, x, axes);
  Shape shape = KeptShape(x.shape(), mask);
  Tensor y = ToPlain(x);
  const int64_t reduced = NumElements(shape) > 0 ? x.size() / NumElements(shape) : 1;
  DL_CHECK(f == Reduction::kSum || reduced > 0)
      << "Reduce(" << ToString(f) << "): x " << ToString(x.shape()) << " has no elements to reduce";
  if (AreF64("Reduce", x)) {
    y = ToTensor(reference::Reduce(f, FromTensor<double>(x), AxesOf(mask)));
  } else {
    double divisor = f == Reduction::kMean ? static_cast<double>(reduced) : 1.0;
    for (const Pass& pass : PassesOf(x.shape(), mask)) {
      y = Run(f, pass, divisor, y);
      divisor = 1.0;
    }
  }
  if (keep_dims) return y.Reshape(shape);
  Shape squeezed;
  for (size_t i = 0; i < shape.size(); ++i) {
    if (!mask[i]) squeezed.push_back(shape[i]);
  }
  return y.Reshape(squeezed);
}

Tensor Reduce(Reduction f, const Tensor& x) { return Reduce(f, x, AllAxes(x)); }

Tensor ReduceBackward(Reduction f, const Tensor& x, absl::Span<const int> axes, const Tensor& dy) {
  const Mask mask = MaskOf(f, x, axes);
  const int64_t outputs = NumElements(KeptShape(x.shape(), mask));
  DL_CHECK(dy.size() == outputs) << "ReduceBackward(" << ToString(f) << "): dy is " << ToString(dy.shape()) << ", x "
                                 << ToString(x.shape()) << " reduces to " << outputs << " elements";
  if (AreF64("ReduceBackward", x, dy)) {
    return ToTensor(reference::ReduceBackward(f, FromTensor<double>(x), AxesOf(mask), FromTensor<double>(dy)));
  }
  Tensor shares = ToPlain(dy);
  if (f == Reduction::kMean) {
    const float divisor = outputs > 0 ? static_cast<float>(x.size() / outputs) : 1.0f;
    for (float *share = shares.mutable_data(), *end = share + outputs; share != end; ++share) *share /= divisor;
  }
  Tensor dx = SpreadAll(x.shape(), mask, std::move(shares));
  if (f != Reduction::kMax) return dx;
  const Tensor plain = ToPlain(x);
  return GiveToFirst(plain, mask, SpreadAll(x.shape(), mask, Reduce(f, plain, axes)), dx);
}

Tensor ReduceTo(const Tensor& x, const Shape& shape) {
  if (x.shape() == shape) return x;
  DL_CHECK(BroadcastShape("ReduceTo", x.shape(), shape) == x.shape())
      << "ReduceTo: " << ToString(shape) << " does not broadcast to x's " << ToString(x.shape());
  const int leading = x.rank() - static_cast<int>(shape.size());
  std::vector<int> axes;
  for (int i = 0; i < x.rank(); ++i) {
    if (i < leading || shape[i - leading] != x.dim(i)) axes.push_back(i);
  }
  return Reduce(Reduction::kSum, x, axes).Reshape(shape);
}

std::vector<int64_t> ArgMax(const Tensor& x) {
  DL_CHECK(x.rank() >= 1 && x.dim(-1) >= 1)
      << "ArgMax: x is " << ToString(x.shape()) << ", its last axis must have an element";
  if (AreF64("ArgMax", x)) return reference::ArgMax(FromTensor<double>(x));
  const Tensor plain = ToPlain(x);
  const int64_t columns = x.dim(-1), rows = x.size() / columns;
  std::vector<int64_t> result(rows);
  for (int64_t r = 0; r < rows; ++r) {
    const float* row = plain.data() + r * columns;
    result[r] = std::max_element(row, row + columns) - row;
  }
  return result;
}

}  // namespace dl
