#include "modules/primitives/binary.h"

#include <algorithm>

#include "absl/container/inlined_vector.h"
#include "modules/base/check.h"
#include "modules/primitives/internal/f64.h"
#include "modules/primitives/internal/multiversion.h"
#include "modules/primitives/internal/onednn.h"
#include "modules/primitives/internal/parallel.h"
#include "modules/primitives/reduction.h"
#include "modules/primitives/reference/binary.h"
#include "modules/primitives/reorder.h"

namespace dl {
namespace {

using dnnl::algorithm;
using reference::FromTensor;
using reference::ToTensor;

struct Operation {
  const char* name;
  algorithm onednn;  // undef where it is not to be used: binary_ge of 2.6, in AVX-512, writes past an nChw8c tensor
  bool commutes;
};

constexpr Operation kOperations[] = {
    {"add", algorithm::binary_add, true},       {"subtract", algorithm::binary_sub, false},
    {"multiply", algorithm::binary_mul, true},  {"divide", algorithm::binary_div, false},
    {"maximum", algorithm::binary_max, true},   {"minimum", algorithm::binary_min, true},
    {"greater_equal", algorithm::undef, false},
};

const Operation& Find(Binary op) { return kOperations[static_cast<int>(op)]; }

// Two axes of an operand: the distance of its rows, and of the elements of a row, 1 or, where one serves the row, 0.
struct Rows {
  const float* data;
  int64_t stride;
  int64_t step;
};

template <typename F>
DL_INLINE void ApplyRows(int64_t rows, int64_t n, Rows a, Rows b, float* __restrict y, F f) {
  for (int64_t r = 0; r < rows; ++r, a.data += a.stride, b.data += b.stride, y += n) {
    if (a.step == 0) {
      const float left = *a.data;
      for (int64_t i = 0; i < n; ++i) y[i] = f(left, b.data[i]);
    } else if (b.step == 0) {
      const float right = *b.data;
      for (int64_t i = 0; i < n; ++i) y[i] = f(a.data[i], right);
    } else {
      for (int64_t i = 0; i < n; ++i) y[i] = f(a.data[i], b.data[i]);
    }
  }
}

DL_MULTIVERSION void ApplyRows(Binary op, int64_t rows, int64_t n, const Rows& a, const Rows& b, float* y) {
  switch (op) {
    case Binary::kAdd:
      return ApplyRows(rows, n, a, b, y, [](float p, float q) { return p + q; });
    case Binary::kSubtract:
      return ApplyRows(rows, n, a, b, y, [](float p, float q) { return p - q; });
    case Binary::kMultiply:
      return ApplyRows(rows, n, a, b, y, [](float p, float q) { return p * q; });
    case Binary::kDivide:
      return ApplyRows(rows, n, a, b, y, [](float p, float q) { return p / q; });
    case Binary::kMaximum:
      return ApplyRows(rows, n, a, b, y, [](float p, float q) { return p > q ? p : q; });
    case Binary::kMinimum:
      return ApplyRows(rows, n, a, b, y, [](float p, float q) { return p < q ? p : q; });
    case Binary::kGreaterEqual:
      return ApplyRows(rows, n, a, b, y, [](float p, float q) { return p >= q ? 1.0f : 0.0f; });
  }
}

DL_MULTIVERSION void AddRow(int64_t n, const float* x, float* y) {
  for (int64_t i = 0; i < n; ++i) y[i] += x[i];
}

DL_MULTIVERSION void ScaleRow(int64_t n, float factor, const float* x, float* __restrict y) {
  for (int64_t i = 0; i < n; ++i) y[i] = factor * x[i];
}

// One axis of a broadcast operation; a stride is 0 where the operand has one element for the whole axis.
struct Axis {
  int64_t extent, a, b;
};
using Axes = absl::InlinedVector<Axis, 4>;

// The axes, innermost first, with those merged that one loop can run through; at least one.
Axes MergedAxes(const Shape& shape, const Shape& a, const Shape& b) {
  Axes axes;
  int64_t stride_a = 1, stride_b = 1;
  for (size_t back = 1; back <= shape.size(); ++back) {
    const int64_t extent = shape[shape.size() - back];
    const int64_t extent_a = back <= a.size() ? a[a.size() - back] : 1;
    const int64_t extent_b = back <= b.size() ? b[b.size() - back] : 1;
    const Axis axis = {extent, extent_a == 1 ? 0 : stride_a, extent_b == 1 ? 0 : stride_b};
    stride_a *= extent_a;
    stride_b *= extent_b;
    if (extent == 1) continue;
    if (!axes.empty() && axis.a == axes.back().a * axes.back().extent && axis.b == axes.back().b * axes.back().extent) {
      axes.back().extent *= extent;
    } else {
      axes.push_back(axis);
    }
  }
  if (axes.empty()) axes.push_back({1, 1, 1});
  return axes;
}

// Our own loops, for plain f32 operands.
Tensor ApplyPlain(Binary op, const Tensor& a, const Tensor& b, const Shape& shape) {
  Tensor result(shape);
  if (result.size() == 0) return result;
  const float *pa = a.data(), *pb = b.data();
  float* y = result.mutable_data();
  const Axes axes = MergedAxes(shape, a.shape(), b.shape());
  const Axis& inner = axes[0];
  if (axes.size() == 1) {
    ParallelFor(inner.extent, 1, [&](int64_t begin, int64_t end) {
      ApplyRows(op, 1, end - begin, {pa + begin * inner.a, 0, inner.a}, {pb + begin * inner.b, 0, inner.b}, y + begin);
    });
    return result;
  }
  const Axis& middle = axes[1];
  ParallelFor(result.size() / inner.extent, inner.extent, [&](int64_t begin, int64_t end) {
    while (begin < end) {  // the rows of one block [middle, inner] at a time
      const int64_t first = begin % middle.extent, rows = std::min(middle.extent - first, end - begin);
      int64_t from_a = first * middle.a, from_b = first * middle.b, block = begin / middle.extent;
      for (size_t i = 2; i < axes.size(); block /= axes[i++].extent) {
        from_a += block % axes[i].extent * axes[i].a;
        from_b += block % axes[i].extent * axes[i].b;
      }
      ApplyRows(op, rows, inner.extent, {pa + from_a, middle.a, inner.a}, {pb + from_b, middle.b, inner.b},
                y + begin * inner.extent);
      begin += rows;
    }
  });
  return result;
}

// b as the second operand of a oneDNN operation whose first is a; b's shape broadcasts to a's. oneDNN is fast where the
// two lie alike.
Tensor Beside(const Tensor& a, const Tensor& b) {
  if (a.shape() == b.shape()) return InLayoutOf(b, a);
  Shape padded = b.shape();
  padded.insert(padded.begin(), a.rank() - b.rank(), 1);
  return onednn::InOrder(ToPlain(b).Reshape(padded), onednn::DescAlike(a, padded, a.dtype()));
}

// Through oneDNN, for bf16 or blocked operands; a has the shape of the result and gives it its order.
Tensor ApplyOneDnn(Binary op, const Tensor& a, const Tensor& small) {
  const Tensor b = Beside(a, small);
  const auto signature = onednn::Signature().Add(static_cast<int64_t>(op)).Add(a).Add(b);
  const auto& primitive = onednn::Cached(signature, [&] {
    const onednn::Desc desc = onednn::DescOf(a);
    return onednn::Prepared<dnnl::binary>(
        onednn::Describe<dnnl::binary>(Find(op).onednn, desc, onednn::DescOf(b), desc));
  });
  Tensor y = onednn::MakeTensor(onednn::DescOf(a), a.shape(), a.dtype());
  primitive.Run(
      {{DNNL_ARG_SRC_0, onednn::Read(a)}, {DNNL_ARG_SRC_1, onednn::Read(b)}, {DNNL_ARG_DST, onednn::Write(y)}});
  return y;
}

// The f32 elements of a tensor in whatever order, those that pad a blocked one included.
const float* Elements(const Tensor& x) { return static_cast<const float*>(x.raw()); }
int64_t Count(const Tensor& x) { return static_cast<int64_t>(x.bytes() / sizeof(float)); }

}  // namespace

const char* ToString(Binary op) { return Find(op).name; }

Tensor Apply(Binary op, const Tensor& a, const Tensor& b) {
  DL_CHECK(a.dtype() == b.dtype()) << "Apply(" << ToString(op) << "): a is " << ToString(a.dtype()) << ", b is "
                                   << ToString(b.dtype()) << "; they must be equal";
  const Shape shape = BroadcastShape(ToString(op), a.shape(), b.shape());
  if (AreF64(ToString(op), a)) return ToTensor(reference::Apply(op, FromTensor<double>(a), FromTensor<double>(b)));
  const bool f32 = a.dtype() == DType::kF32, a_is_full = a.shape() == shape, b_is_full = b.shape() == shape;
  if (f32 && a.is_plain() && b.is_plain()) return ApplyPlain(op, a, b, shape);
  if (Find(op).onednn != algorithm::undef && (f32 || onednn::HasBf16())) {
    if (a_is_full && b_is_full) return ApplyOneDnn(op, a.is_plain() ? InLayoutOf(a, b) : a, b);
    if (a_is_full) return ApplyOneDnn(op, a, b);
    if (b_is_full && Find(op).commutes) return ApplyOneDnn(op, b, a);
  }
  // What oneDNN does not do; above all, to broadcast the first operand.
  return Cast(ApplyPlain(op, Cast(ToPlain(a), DType::kF32), Cast(ToPlain(b), DType::kF32), shape), a.dtype());
}

Tensor ApplyBackwardA(Binary op, const Tensor& a, const Tensor& b, const Tensor& dy) {
  switch (op) {
    case Binary::kAdd:
    case Binary::kSubtract:
      return ReduceTo(dy, a.shape());
    case Binary::kMultiply:
      return ReduceTo(Multiply(dy, b), a.shape());
    case Binary::kDivide:
      return ReduceTo(Divide(dy, b), a.shape());
    case Binary::kMaximum:
      return ReduceTo(Multiply(dy, Apply(Binary::kGreaterEqual, a, b)), a.shape());
    case Binary::kMinimum:
      return ReduceTo(Multiply(dy, Apply(Binary::kGreaterEqual, b, a)), a.shape());
    case Binary::kGreaterEqual:
      return Tensor::ZerosLike(a);
  }
  return dy;
}

Tensor ApplyBackwardB(Binary op, const Tensor& a, const Tensor& b, const Tensor& dy) {
  switch (op) {
    case Binary::kAdd:
      return ReduceTo(dy, b.shape());
    case Binary::kSubtract:
      return Scale(ReduceTo(dy, b.shape()), -1);
    case Binary::kMultiply:
      return ReduceTo(Multiply(dy, a), b.shape());
    case Binary::kDivide:  // d(a / b) / db = -a / b²
      return Scale(ReduceTo(Divide(Multiply(dy, a), Multiply(b, b)), b.shape()), -1);
    case Binary::kMaximum:
      return ReduceTo(Subtract(dy, Multiply(dy, Apply(Binary::kGreaterEqual, a, b))), b.shape());
    case Binary::kMinimum:
      return ReduceTo(Subtract(dy, Multiply(dy, Apply(Binary::kGreaterEqual, b, a))), b.shape());
    case Binary::kGreaterEqual:
      return Tensor::ZerosLike(b);
  }
  return dy;
}

void AddTo(Tensor& accumulator, const Tensor& x) {
  DL_CHECK(accumulator.shape() == x.shape()) << "AddTo: accumulator is " << ToString(accumulator.shape()) << ", x is "
                                             << ToString(x.shape()) << "; they must be equal";
  const Tensor in_order = InLayoutOf(x, accumulator);  // which checks the types
  if (x.dtype() != DType::kF32) {
    accumulator = InLayoutOf(Add(accumulator, in_order), accumulator);
    return;
  }
  const float* from = Elements(in_order);
  auto* to = static_cast<float*>(accumulator.mutable_raw());
  ParallelFor(Count(accumulator), 1,
              [&](int64_t begin, int64_t end) { AddRow(end - begin, from + begin, to + begin); });
}

Tensor Scale(const Tensor& x, double factor) {
  if (AreF64("Scale", x)) return Multiply(x, Tensor::Scalar(factor, DType::kF64));
  DL_CHECK(x.dtype() == DType::kF32) << "Scale: x is " << ToString(x.dtype())
                                     << ", it must be f32; Cast(x, DType::kF32) makes it so";
  Tensor y = onednn::MakeTensor(onednn::DescOf(x), x.shape());
  const float* from = Elements(x);
  auto* to = static_cast<float*>(y.mutable_raw());
  ParallelFor(Count(x), 1, [&](int64_t begin, int64_t end) {
    ScaleRow(end - begin, static_cast<float>(factor), from + begin, to + begin);
  });
  return y;
}

}  // namespace dl
