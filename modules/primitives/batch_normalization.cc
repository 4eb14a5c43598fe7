#include "modules/primitives/batch_normalization.h"

#include <vector>

#include "modules/base/check.h"
#include "modules/primitives/binary.h"
#include "modules/primitives/elementwise.h"
#include "modules/primitives/internal/f64.h"
#include "modules/primitives/internal/interleaved.h"
#include "modules/primitives/internal/onednn.h"
#include "modules/primitives/reduction.h"
#include "modules/primitives/reference/batch_normalization.h"
#include "modules/primitives/reorder.h"

namespace dl {
namespace {

using dnnl::batch_normalization_backward;
using dnnl::batch_normalization_forward;
using onednn::Desc;
using onednn::Read;
using onednn::Write;
using reference::FromTensor;
using reference::ToTensor;
using Flags = dnnl::normalization_flags;
using Options = BatchNormalizationOptions;

Flags FlagsOf(const Options& options) {
  const Flags affine = Flags::use_scale | Flags::use_shift;
  return options.relu ? affine | Flags::fuse_norm_relu : affine;
}

// [N, C] is a map of one place for each channel, with the channels innermost.
Desc MapDesc(const Tensor& x) {
  if (x.rank() == 4) return onednn::DescOf(x);
  return Desc({x.dim(0), x.dim(1), 1, 1}, onednn::TypeOf(x.dtype()), dnnl::memory::format_tag::nhwc);
}

onednn::Signature SignatureOf(const Tensor& x, const Options& options) {
  onednn::Signature signature;
  return signature.Add(x).Add(options.epsilon).Add(int64_t{options.relu});
}

const onednn::Prepared<batch_normalization_forward>& Training(const Tensor& x, const Options& options) {
  return onednn::Cached(SignatureOf(x, options), [&] {
    return onednn::Prepared<batch_normalization_forward>(onednn::DescribeBatchNormalization(
        dnnl::prop_kind::forward_training, MapDesc(x), options.epsilon, FlagsOf(options)));
  });
}

const onednn::Prepared<batch_normalization_forward>& Inference(const Tensor& x, const Options& options) {
  return onednn::Cached(SignatureOf(x, options), [&] {
    return onednn::Prepared<batch_normalization_forward>(onednn::DescribeBatchNormalization(
        dnnl::prop_kind::forward_inference, MapDesc(x), options.epsilon, FlagsOf(options) | Flags::use_global_stats));
  });
}

const onednn::Prepared<batch_normalization_backward>& Backward(const Tensor& x, const Options& options) {
  return onednn::Cached(SignatureOf(x, options), [&] {
    return onednn::Prepared<batch_normalization_backward>(onednn::DescribeBatchNormalizationBackward(
        Training(x, options).desc, MapDesc(x), options.epsilon, FlagsOf(options)));
  });
}

void CheckChannels(const char* op, const char* name, const Tensor& x, const Tensor& of_channels) {
  const DType dtype = x.dtype() == DType::kF64 ? DType::kF64 : DType::kF32;
  DL_CHECK(of_channels.shape() == Shape{x.dim(1)} && of_channels.dtype() == dtype)
      << op << ": x is " << ToString(x.dtype()) << " " << ToString(x.shape()) << ", " << name << " is "
      << ToString(of_channels.dtype()) << " " << ToString(of_channels.shape()) << ", it must be " << ToString(dtype)
      << " [" << x.dim(1) << "]";
}

void CheckInput(const char* op, const Tensor& x, const Tensor& scale) {
  DL_CHECK((x.rank() == 4 || (x.rank() == 2 && x.is_plain())) && x.size() > 0)
      << op << ": x is " << ToString(x.shape()) << ", it must be [N, C, H, W], or [N, C] in row-major order, and hold "
      << "elements";
  CheckChannels(op, "scale", x, scale);
}

// oneDNN has no fast kernels for interleaved images (few channels): these are normalised in row-major order.
Tensor Suited(const Tensor& x) {
  return interleaved::Is(x) ? onednn::InOrder(x, onednn::PlainDesc(x.shape(), x.dtype())) : x;
}

// What the backward pass needs of the fused ReLU; its bytes are oneDNN's own.
Tensor MakeMask(const Desc& workspace) {
  return onednn::MakeTensor(workspace, Shape{static_cast<int64_t>(workspace.get_size())});
}

// The twin. Its mask is y itself: the ReLU let through what is positive.
BatchNormalizationResult TrainingInF64(const Tensor& x, const Tensor& scale, const Tensor& shift,
                                       const Options& options) {
  const auto in = FromTensor<double>(x);
  const Tensor y =
      ToTensor(reference::BatchNormalization(in, FromTensor<double>(scale), FromTensor<double>(shift), options));
  return {.y = y,
          .statistics = {.mean = ToTensor(reference::ChannelMean(in)),
                         .variance = ToTensor(reference::ChannelVariance(in))},
          .relu_mask = options.relu ? y : Tensor()};
}

// The twin without its ReLU, which would need the shift: the mask tells what that let through.
BatchNormalizationGradients BackwardInF64(const Tensor& x, const Tensor& scale, const Tensor& relu_mask,
                                          const Tensor& dy, const Options& options) {
  const Tensor through = options.relu ? ApplyBackward(Elementwise::kReLU, relu_mask, dy) : dy;
  const auto [dx, dscale, dshift] = reference::BatchNormalizationBackward(
      FromTensor<double>(x), FromTensor<double>(scale), reference::Array<double>(scale.shape()),
      FromTensor<double>(through), {.epsilon = options.epsilon, .relu = false});
  return {ToTensor(dx), ToTensor(dscale), ToTensor(dshift)};
}

}  // namespace

BatchNormalizationResult BatchNormalization(const Tensor& input, const Tensor& scale, const Tensor& shift,
                                            const Options& options) {
  const Tensor x = Suited(input);
  CheckInput("BatchNormalization", x, scale);
  CheckChannels("BatchNormalization", "shift", x, shift);
  if (AreF64("BatchNormalization", x, scale, shift)) return TrainingInF64(x, scale, shift, options);
  const auto& op = Training(x, options);
  BatchNormalizationResult result = {.y = onednn::MakeTensor(onednn::DescOf(x), x.shape(), x.dtype()),
                                     .statistics = {.mean = Tensor(scale.shape()), .variance = Tensor(scale.shape())},
                                     .relu_mask = options.relu ? MakeMask(op.desc.workspace_desc()) : Tensor()};
  op.Run({{DNNL_ARG_SRC, Read(x)},
          {DNNL_ARG_SCALE, Read(scale)},
          {DNNL_ARG_SHIFT, Read(shift)},
          {DNNL_ARG_DST, Write(result.y)},
          {DNNL_ARG_MEAN, Write(result.statistics.mean)},
          {DNNL_ARG_VARIANCE, Write(result.statistics.variance)},
          {DNNL_ARG_WORKSPACE, Write(result.relu_mask)}});
  return result;
}

Tensor BatchNormalizationInference(const Tensor& input, const BatchStatistics& statistics, const Tensor& scale,
                                   const Tensor& shift, const Options& options) {
  const Tensor x = Suited(input);
  CheckInput("BatchNormalizationInference", x, scale);
  CheckChannels("BatchNormalizationInference", "shift", x, shift);
  CheckChannels("BatchNormalizationInference", "mean", x, statistics.mean);
  CheckChannels("BatchNormalizationInference", "variance", x, statistics.variance);
  if (AreF64("BatchNormalizationInference", x, scale)) {
    return ToTensor(reference::BatchNormalizationInference(
        FromTensor<double>(x), FromTensor<double>(statistics.mean), FromTensor<double>(statistics.variance),
        FromTensor<double>(scale), FromTensor<double>(shift), options));
  }
  const auto& op = Inference(x, options);
  Tensor y = onednn::MakeTensor(onednn::DescOf(x), x.shape(), x.dtype());
  op.Run({{DNNL_ARG_SRC, Read(x)},
          {DNNL_ARG_MEAN, Read(statistics.mean)},
          {DNNL_ARG_VARIANCE, Read(statistics.variance)},
          {DNNL_ARG_SCALE, Read(scale)},
          {DNNL_ARG_SHIFT, Read(shift)},
          {DNNL_ARG_DST, Write(y)}});
  return y;
}

BatchNormalizationGradients BatchNormalizationBackward(const Tensor& input, const Tensor& scale,
                                                       const BatchStatistics& statistics, const Tensor& relu_mask,
                                                       const Tensor& dy, const Options& options) {
  const Tensor x = Suited(input);
  CheckInput("BatchNormalizationBackward", x, scale);
  CheckChannels("BatchNormalizationBackward", "mean", x, statistics.mean);
  CheckChannels("BatchNormalizationBackward", "variance", x, statistics.variance);
  DL_CHECK(dy.shape() == x.shape() && dy.dtype() == x.dtype())
      << "BatchNormalizationBackward: x is " << ToString(x.dtype()) << " " << ToString(x.shape()) << ", dy is "
      << ToString(dy.dtype()) << " " << ToString(dy.shape()) << "; they must be equal";
  DL_CHECK(options.relu == (relu_mask.size() > 0))
      << "BatchNormalizationBackward: relu is " << options.relu << ", relu_mask holds " << relu_mask.size()
      << " elements; the mask must be the forward pass's";
  if (AreF64("BatchNormalizationBackward", x, dy)) return BackwardInF64(x, scale, relu_mask, dy, options);
  const auto& op = Backward(x, options);
  const Tensor dy_in_order = onednn::InOrder(dy, onednn::DescOf(x));
  BatchNormalizationGradients gradients = {.dx = onednn::MakeTensor(onednn::DescOf(x), x.shape(), x.dtype()),
                                           .dscale = Tensor(scale.shape()),
                                           .dshift = Tensor(scale.shape())};
  std::vector<onednn::Argument> arguments = {{DNNL_ARG_SRC, Read(x)},
                                             {DNNL_ARG_MEAN, Read(statistics.mean)},
                                             {DNNL_ARG_VARIANCE, Read(statistics.variance)},
                                             {DNNL_ARG_SCALE, Read(scale)},
                                             {DNNL_ARG_WORKSPACE, Read(relu_mask)},
                                             {DNNL_ARG_DIFF_DST, Read(dy_in_order)},
                                             {DNNL_ARG_DIFF_SRC, Write(gradients.dx)},
                                             {DNNL_ARG_DIFF_SCALE, Write(gradients.dscale)},
                                             {DNNL_ARG_DIFF_SHIFT, Write(gradients.dshift)}};
  if (onednn::kBatchNormalizationBackwardTakesShift) arguments.push_back({DNNL_ARG_SHIFT, Read(scale)});
  op.Run(arguments);
  return gradients;
}

// With x̂ = (x - mean) / sqrt(variance + epsilon), y = scale x̂ + shift.
BatchNormalizationGradients BatchNormalizationInferenceBackward(const Tensor& x, const BatchStatistics& statistics,
                                                                const Tensor& scale, const Tensor& dy,
                                                                const Options& options) {
  const DType dtype = scale.dtype();
  const Tensor epsilon = Tensor::Scalar(options.epsilon, dtype);
  const Tensor deviation = Apply(Elementwise::kSqrt, Add(statistics.variance, epsilon));
  Shape by_channel = scale.shape();
  if (x.rank() == 4) by_channel.insert(by_channel.end(), {1, 1});
  const auto over_maps = [&](const Tensor& of_channels) { return Cast(of_channels, x.dtype()).Reshape(by_channel); };
  const Tensor centred = Subtract(x, over_maps(statistics.mean));
  const auto sum = [&](const Tensor& t) { return ReduceTo(Cast(t, dtype), by_channel).Reshape(scale.shape()); };
  return {.dx = Multiply(dy, over_maps(Divide(scale, deviation))),
          .dscale = Divide(sum(Multiply(dy, centred)), deviation),
          .dshift = sum(dy)};
}

}  // namespace dl
