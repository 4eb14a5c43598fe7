#include "modules/primitives/pooling.h"

#include "modules/base/check.h"
#include "modules/primitives/internal/f64.h"
#include "modules/primitives/internal/interleaved.h"
#include "modules/primitives/internal/interleaved_pooling.h"
#include "modules/primitives/internal/onednn.h"
#include "modules/primitives/reference/pooling.h"

namespace dl {
namespace {

using dnnl::pooling_backward;
using dnnl::pooling_forward;
using onednn::Desc;
using reference::FromTensor;
using reference::ToTensor;

constexpr auto kMaximum = dnnl::algorithm::pooling_max;
constexpr auto kMean = dnnl::algorithm::pooling_avg_exclude_padding;

// Windows, strides and padding as oneDNN wants them; the padding at the end is whatever the last window needs.
onednn::PoolingGeometry GeometryOf(const Shape& x, const Shape& y, const PoolingOptions& options) {
  onednn::PoolingGeometry g;
  for (int axis = 2; axis < 4; ++axis) {
    const int64_t kernel = PoolingWindow(x, options, axis);
    g.kernel.push_back(kernel);
    g.stride.push_back(options.stride);
    g.padding_begin.push_back(options.padding);
    g.padding_end.push_back((y[axis] - 1) * options.stride + kernel - x[axis] - options.padding);
  }
  return g;
}

onednn::Signature SignatureOf(dnnl::algorithm algorithm, const Tensor& x, const PoolingOptions& o) {
  onednn::Signature signature;
  signature.Add(static_cast<int64_t>(algorithm)).Add(x);
  return signature.Add(o.kernel).Add(o.stride).Add(o.padding).Add(int64_t{o.ceil_mode});
}

const onednn::Prepared<pooling_forward>& Forward(dnnl::algorithm algorithm, const Tensor& x,
                                                 const PoolingOptions& options) {
  return onednn::Cached(SignatureOf(algorithm, x, options), [&] {
    const Shape y = PoolingShape(x.shape(), options);
    return onednn::Prepared<pooling_forward>(onednn::DescribePooling(
        algorithm, onednn::DescOf(x), onednn::AnyDesc(y, x.dtype()), GeometryOf(x.shape(), y, options)));
  });
}

const onednn::Prepared<pooling_backward>& Backward(dnnl::algorithm algorithm, const Tensor& x,
                                                   const PoolingOptions& options) {
  return onednn::Cached(SignatureOf(algorithm, x, options), [&] {
    const auto& forward = Forward(algorithm, x, options).desc;
    return onednn::Prepared<pooling_backward>(
        onednn::DescribePoolingBackward(forward, algorithm, onednn::DescOf(x), forward.dst_desc(),
                                        GeometryOf(x.shape(), PoolingShape(x.shape(), options), options)));
  });
}

Desc ByChannels(const Shape& shape) {
  return Desc(onednn::DimsOf(shape), dnnl::memory::data_type::f32, dnnl::memory::format_tag::nChw16c);
}

// Whether x is f32 in vectors of sixteen channels, all of them full.
bool IsByChannels(const Tensor& x) {
  return x.dtype() == DType::kF32 && x.rank() == 4 && x.dim(1) % kLanes == 0 && !x.is_plain() &&
         onednn::HasOrder(x, ByChannels(x.shape()));
}

// Vectors of sixteen channels of an image lie in memory as do those of sixteen images of a channel: pooling, which
// mixes neither, may take the ones for the others.
Shape ImagesForChannels(const Shape& s) { return {s[0] * kLanes, s[1] / kLanes, s[2], s[3]}; }

// x, interleaved or by channels, in the order of `like`, as our kernels see it.
Tensor Interleaved(const Tensor& x, const Tensor& like) {
  if (interleaved::Is(like)) return onednn::InOrder(x, interleaved::DescOf(x.shape()));
  const Shape shape = ImagesForChannels(x.shape());
  return onednn::InOrder(x, ByChannels(x.shape()))
      .Relabelled(shape, onednn::LayoutOf(interleaved::DescOf(shape), DType::kF32));
}

// Back from there: y of the given shape, in the order of `like`.
Tensor InOrderOf(const Tensor& like, Tensor y, const Shape& shape) {
  if (interleaved::Is(like)) return y;
  return y.Relabelled(shape, onednn::LayoutOf(ByChannels(shape), DType::kF32));
}

// Our own kernels pool these, unless a window is too large for them; oneDNN's have half their speed, or do not know the
// order.
bool IsOurs(const Tensor& x, const PoolingOptions& options) {
  return (interleaved::Is(x) || IsByChannels(x)) &&
         PoolingWindow(x.shape(), options, 2) * PoolingWindow(x.shape(), options, 3) <= interleaved::kMaxPlaces;
}

interleaved::Windows WindowsOf(const Tensor& tensor, const PoolingOptions& options) {
  const Shape x = interleaved::Is(tensor) ? tensor.shape() : ImagesForChannels(tensor.shape());
  return {x,
          PoolingShape(x, options),
          PoolingWindow(x, options, 2),
          PoolingWindow(x, options, 3),
          options.stride,
          options.padding};
}

void CheckGradient(const char* op, const Tensor& x, const Tensor& dy, const PoolingOptions& options) {
  const Shape y = PoolingShape(x.shape(), options);
  DL_CHECK(dy.shape() == y && dy.dtype() == x.dtype())
      << op << ": dy is " << ToString(dy.dtype()) << " " << ToString(dy.shape()) << ", it must be "
      << ToString(x.dtype()) << " " << ToString(y);
}

}  // namespace

MaxPoolResult MaxPool(const Tensor& x, const PoolingOptions& options) {
  if (AreF64("MaxPool", x)) {
    return {.y = ToTensor(reference::MaxPool(FromTensor<double>(x), options)), .argmax = Tensor()};
  }
  if (IsOurs(x, options)) {
    MaxPoolResult result;
    const Tensor y = interleaved::MaxPool(WindowsOf(x, options), Interleaved(x, x), result.argmax);
    result.y = InOrderOf(x, y, PoolingShape(x.shape(), options));
    return result;
  }
  const auto& op = Forward(kMaximum, x, options);
  const Shape y_shape = PoolingShape(x.shape(), options);
  MaxPoolResult result = {.y = onednn::MakeTensor(op.desc.dst_desc(), y_shape, x.dtype()),
                          .argmax = onednn::MakeTensor(op.desc.workspace_desc(), y_shape)};
  op.Run({{DNNL_ARG_SRC, onednn::Read(x)},
          {DNNL_ARG_DST, onednn::Write(result.y)},
          {DNNL_ARG_WORKSPACE, onednn::Write(result.argmax)}});
  return result;
}

Tensor MaxPoolBackward(const Tensor& x, const Tensor& argmax, const Tensor& dy, const PoolingOptions& options) {
  CheckGradient("MaxPoolBackward", x, dy, options);
  if (AreF64("MaxPoolBackward", x, dy)) {
    return ToTensor(reference::MaxPoolBackward(FromTensor<double>(x), FromTensor<double>(dy), options));
  }
  if (IsOurs(x, options)) {
    return InOrderOf(x, interleaved::MaxPoolBackward(WindowsOf(x, options), argmax, Interleaved(dy, x)), x.shape());
  }
  const auto& op = Backward(kMaximum, x, options);
  const Tensor dy_in_order = onednn::InOrder(dy, op.desc.diff_dst_desc());
  const Tensor argmax_in_order = onednn::InOrder(argmax, op.desc.workspace_desc());
  Tensor dx = onednn::MakeTensor(op.desc.diff_src_desc(), x.shape(), x.dtype());
  op.Run({{DNNL_ARG_DIFF_DST, onednn::Read(dy_in_order)},
          {DNNL_ARG_WORKSPACE, onednn::Read(argmax_in_order)},
          {DNNL_ARG_DIFF_SRC, onednn::Write(dx)}});
  return dx;
}

Tensor AveragePool(const Tensor& x, const PoolingOptions& options) {
  if (AreF64("AveragePool", x)) return ToTensor(reference::AveragePool(FromTensor<double>(x), options));
  if (IsOurs(x, options)) {
    const Tensor y = interleaved::AveragePool(WindowsOf(x, options), Interleaved(x, x));
    return InOrderOf(x, y, PoolingShape(x.shape(), options));
  }
  const auto& op = Forward(kMean, x, options);
  Tensor y = onednn::MakeTensor(op.desc.dst_desc(), PoolingShape(x.shape(), options), x.dtype());
  op.Run({{DNNL_ARG_SRC, onednn::Read(x)}, {DNNL_ARG_DST, onednn::Write(y)}});
  return y;
}

Tensor AveragePoolBackward(const Tensor& x, const Tensor& dy, const PoolingOptions& options) {
  CheckGradient("AveragePoolBackward", x, dy, options);
  if (AreF64("AveragePoolBackward", x, dy)) {
    return ToTensor(reference::AveragePoolBackward(FromTensor<double>(dy), x.shape(), options));
  }
  if (IsOurs(x, options)) {
    return InOrderOf(x, interleaved::AveragePoolBackward(WindowsOf(x, options), Interleaved(dy, x)), x.shape());
  }
  const auto& op = Backward(kMean, x, options);
  const Tensor dy_in_order = onednn::InOrder(dy, op.desc.diff_dst_desc());
  Tensor dx = onednn::MakeTensor(op.desc.diff_src_desc(), x.shape(), x.dtype());
  op.Run({{DNNL_ARG_DIFF_DST, onednn::Read(dy_in_order)}, {DNNL_ARG_DIFF_SRC, onednn::Write(dx)}});
  return dx;
}

}  // namespace dl
