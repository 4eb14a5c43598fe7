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

// Interleaved images are pooled by our own kernels, unless a window is too large for them.
bool IsOurs(const Tensor& x, const PoolingOptions& options) {
  return interleaved::Is(x) &&
         PoolingWindow(x.shape(), options, 2) * PoolingWindow(x.shape(), options, 3) <= interleaved::kMaxPlaces;
}

interleaved::Windows WindowsOf(const Shape& x, const PoolingOptions& options) {
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
    result.y = interleaved::MaxPool(WindowsOf(x.shape(), options), x, result.argmax);
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
    const Tensor dy_in_order = onednn::InOrder(dy, interleaved::DescOf(dy.shape()));
    return interleaved::MaxPoolBackward(WindowsOf(x.shape(), options), argmax, dy_in_order);
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
  if (IsOurs(x, options)) return interleaved::AveragePool(WindowsOf(x.shape(), options), x);
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
    const Tensor dy_in_order = onednn::InOrder(dy, interleaved::DescOf(dy.shape()));
    return interleaved::AveragePoolBackward(WindowsOf(x.shape(), options), dy_in_order);
  }
  const auto& op = Backward(kMean, x, options);
  const Tensor dy_in_order = onednn::InOrder(dy, op.desc.diff_dst_desc());
  Tensor dx = onednn::MakeTensor(op.desc.diff_src_desc(), x.shape(), x.dtype());
  op.Run({{DNNL_ARG_DIFF_DST, onednn::Read(dy_in_order)}, {DNNL_ARG_DIFF_SRC, onednn::Write(dx)}});
  return dx;
}

}  // namespace dl
