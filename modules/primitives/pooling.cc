#include "modules/primitives/pooling.h"

#include "modules/base/check.h"
#include "modules/primitives/internal/interleaved.h"
#include "modules/primitives/internal/interleaved_pooling.h"
#include "modules/primitives/internal/onednn.h"

namespace dl {
namespace {

using dnnl::pooling_backward;
using dnnl::pooling_forward;
using onednn::Desc;

constexpr auto kMaximum = dnnl::algorithm::pooling_max;
constexpr auto kMean = dnnl::algorithm::pooling_avg_exclude_padding;

int64_t Kernel(const Shape& x, const PoolingOptions& options, int axis) {
  return options.kernel == kWholeMap ? x[axis] : options.kernel;
}

// Windows, strides and padding as oneDNN wants them; the padding at the end is whatever the last window needs.
onednn::PoolingGeometry GeometryOf(const Shape& x, const Shape& y, const PoolingOptions& options) {
  onednn::PoolingGeometry g;
  for (int axis = 2; axis < 4; ++axis) {
    const int64_t kernel = Kernel(x, options, axis);
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
  return interleaved::Is(x) && Kernel(x.shape(), options, 2) * Kernel(x.shape(), options, 3) <= interleaved::kMaxPlaces;
}

interleaved::Windows WindowsOf(const Shape& x, const PoolingOptions& options) {
  return {x, PoolingShape(x, options), Kernel(x, options, 2), Kernel(x, options, 3), options.stride, options.padding};
}

void CheckGradient(const char* op, const Tensor& x, const Tensor& dy, const PoolingOptions& options) {
  const Shape y = PoolingShape(x.shape(), options);
  DL_CHECK(dy.shape() == y && dy.dtype() == x.dtype())
      << op << ": dy is " << ToString(dy.dtype()) << " " << ToString(dy.shape()) << ", it must be "
      << ToString(x.dtype()) << " " << ToString(y);
}

}  // namespace

Shape PoolingShape(const Shape& x, const PoolingOptions& options) {
  const PoolingOptions& o = options;
  DL_CHECK(x.size() == 4) << "Pooling: x is " << ToString(x) << ", it must have rank 4";
  DL_CHECK(o.stride >= 1 && o.kernel >= 0 && o.padding >= 0 && o.padding < (o.kernel == kWholeMap ? 1 : o.kernel))
      << "Pooling: kernel " << o.kernel << ", stride " << o.stride << ", padding " << o.padding
      << "; the stride must be at least 1, the padding at least 0 and less than the kernel";
  Shape y = {x[0], x[1], 0, 0};
  for (int axis = 2; axis < 4; ++axis) {
    const int64_t room = x[axis] + 2 * o.padding - Kernel(x, o, axis);
    DL_CHECK(room >= 0) << "Pooling: x is " << ToString(x) << " with padding " << o.padding << "; the window of "
                        << o.kernel << " must fit into it";
    y[axis] = (room + (o.ceil_mode ? o.stride - 1 : 0)) / o.stride + 1;
    if ((y[axis] - 1) * o.stride >= x[axis] + o.padding) --y[axis];  // would start beyond the end
  }
  return y;
}

MaxPoolResult MaxPool(const Tensor& x, const PoolingOptions& options) {
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
  if (IsOurs(x, options)) return interleaved::AveragePool(WindowsOf(x.shape(), options), x);
  const auto& op = Forward(kMean, x, options);
  Tensor y = onednn::MakeTensor(op.desc.dst_desc(), PoolingShape(x.shape(), options), x.dtype());
  op.Run({{DNNL_ARG_SRC, onednn::Read(x)}, {DNNL_ARG_DST, onednn::Write(y)}});
  return y;
}

Tensor AveragePoolBackward(const Tensor& x, const Tensor& dy, const PoolingOptions& options) {
  CheckGradient("AveragePoolBackward", x, dy, options);
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
