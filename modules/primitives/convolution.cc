#include "modules/primitives/convolution.h"

#include <algorithm>
#include <atomic>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "modules/base/check.h"
#include "modules/primitives/internal/f64.h"
#include "modules/primitives/internal/few_channel_convolution.h"
#include "modules/primitives/internal/interleaved.h"
#include "modules/primitives/internal/onednn.h"
#include "modules/primitives/internal/tiled_weight_gradient.h"
#include "modules/primitives/reference/convolution.h"
#include "modules/primitives/reorder.h"

namespace dl {
namespace {

using dnnl::convolution_backward_data;
using dnnl::convolution_backward_weights;
using dnnl::convolution_forward;
using onednn::AnyDesc;
using onednn::Desc;
using reference::FromTensor;
using reference::ToTensor;

std::atomic<int64_t> weight_reorders = 0;

// What all three directions share.
struct Problem {
  Shape x, w, y;
  DType dtype;
  bool bias;
  ConvolutionOptions options;
};

Problem MakeProblem(const Shape& x, const Shape& w, DType dtype, bool bias, const ConvolutionOptions& options) {
  return {x, w, ConvolutionShape(x, w, options), dtype, bias, options};
}

onednn::Signature SignatureOf(const Problem& p) {
  const ConvolutionOptions& o = p.options;
  onednn::Signature signature;
  signature.Add(p.x).Add(p.w).Add(static_cast<int64_t>(p.dtype)).Add(int64_t{p.bias});
  signature.Add(o.stride).Add(o.padding).Add(o.dilation).Add(o.groups);
  return signature.Add(static_cast<int64_t>(o.algorithm));
}

// oneDNN gives grouped weights a dimension of their own: [groups, K / groups, C / groups, R, S].
Desc AnyWeights(const Problem& p, DType dtype) {
  const int64_t groups = p.options.groups;
  return AnyDesc(groups == 1 ? p.w : Shape{groups, p.w[0] / groups, p.w[1], p.w[2], p.w[3]}, dtype);
}

// Winograd's F(4x4, 3x3) needs a quarter of the multiplications; oneDNN takes it under "auto" where it pays and where
// it has it (f32, 3x3, stride 1, AVX-512, versions before 3.2). It works on whole blocks of 16 channels: with three
// colours, five sixths of its work would be on zeros, and the direct kernel wins.
dnnl::algorithm AlgorithmOf(const Problem& p) {
  if (p.options.algorithm == ConvolutionAlgorithm::kDirect) return dnnl::algorithm::convolution_direct;
  if (p.options.algorithm == ConvolutionAlgorithm::kWinograd) return dnnl::algorithm::convolution_winograd;
  return p.x[1] % 16 == 0 ? dnnl::algorithm::convolution_auto : dnnl::algorithm::convolution_direct;
}

// Calls f with the arguments that close every descriptor: strides, dilation (0 = none), padding at both ends.
template <typename F>
auto WithGeometry(const Problem& p, F f) {
  const auto both = [](int64_t n) { return dnnl::memory::dims{n, n}; };
  const ConvolutionOptions& o = p.options;
  return f(both(o.stride), both(o.dilation - 1), both(o.padding), both(o.padding));
}

convolution_forward::primitive_desc DescribeForward(const Problem& p) {
  return WithGeometry(p, [&](auto... geometry) {
    const Desc x = AnyDesc(p.x, p.dtype), w = AnyWeights(p, p.dtype), y = AnyDesc(p.y, p.dtype);
    const auto kind = dnnl::prop_kind::forward_training;
    if (!p.bias) return onednn::Describe<convolution_forward>(kind, AlgorithmOf(p), x, w, y, geometry...);
    return onednn::Describe<convolution_forward>(kind, AlgorithmOf(p), x, w, AnyDesc({p.w[0]}), y, geometry...);
  });
}

// The first of two descriptors that is more than oneDNN's reference loops; the second is asked for only if needed.
template <typename First, typename Second>
auto FirstFast(First first, Second second) {
  auto desc = first();
  const bool fast = desc && std::string_view(desc.impl_info_str()).substr(0, 3) != "ref";
  return fast ? desc : second();
}

// The backward kernels read and write the orders of the forward one, so that activations and their gradients agree;
// only where no fast kernel does, it may choose. The weights of the data gradient are always its own choice.
convolution_backward_data::primitive_desc DescribeBackwardData(const Problem& p) {
  const auto forward = DescribeForward(p);
  const auto with = [&](const Desc& dx) {
    return WithGeometry(p, [&](auto... geometry) {
      return onednn::DescribeBackwardIfAny<convolution_backward_data>(
          forward, AlgorithmOf(p), dx, AnyWeights(p, p.dtype), forward.dst_desc(), geometry...);
    });
  };
  return FirstFast([&] { return with(forward.src_desc()); }, [&] { return with(AnyDesc(p.x, p.dtype)); });
}

convolution_backward_weights::primitive_desc DescribeBackwardWeights(const Problem& p) {
  const auto forward = DescribeForward(p);
  const auto with = [&](const Desc& dw) {
    return WithGeometry(p, [&](auto... geometry) {
      const Desc x = forward.src_desc(), dy = forward.dst_desc();
      if (!p.bias) {
        return onednn::DescribeBackwardIfAny<convolution_backward_weights>(forward, AlgorithmOf(p), x, dw, dy,
                                                                           geometry...);
      }
      return onednn::DescribeBackwardIfAny<convolution_backward_weights>(forward, AlgorithmOf(p), x, dw,
                                                                         AnyDesc({p.w[0]}), dy, geometry...);
    });
  };
  const auto any = [&] { return with(AnyWeights(p, DType::kF32)); };
  if (p.dtype != DType::kF32) return any();
  return FirstFast([&] { return with(forward.weights_desc()); }, any);
}

const onednn::Prepared<convolution_forward>& Forward(const Problem& p) {
  return onednn::Cached(SignatureOf(p), [&] { return onednn::Prepared<convolution_forward>(DescribeForward(p)); });
}

const onednn::Prepared<convolution_backward_data>& BackwardData(const Problem& p) {
  return onednn::Cached(SignatureOf(p),
                        [&] { return onednn::Prepared<convolution_backward_data>(DescribeBackwardData(p)); });
}

const onednn::Prepared<convolution_backward_weights>& BackwardWeights(const Problem& p) {
  return onednn::Cached(SignatureOf(p),
                        [&] { return onednn::Prepared<convolution_backward_weights>(DescribeBackwardWeights(p)); });
}

// The weights as a kernel of `dtype` reads them.
Tensor WeightsInOrder(const Tensor& w, const Desc& desc, DType dtype) {
  if (w.dtype() == dtype && onednn::HasOrder(w, desc)) return w;
  ++weight_reorders;
  Tensor result = onednn::MakeTensor(desc, w.shape(), dtype);
  onednn::Copy(w, result);
  return result;
}

// Whether our own kernels run the problem. oneDNN's fill a vector with 16 channels, or read up to three of a plain
// input and fill one with 16 outputs: in between they are slow, or its reference loops.
bool HasFewChannels(const Problem& p) {
  const ConvolutionOptions& o = p.options;
  const bool onednn_fits = p.x[1] >= 16 || (p.x[1] <= 3 && p.w[0] % 16 == 0);
  const bool padding_within_window = o.padding <= o.dilation * (std::min(p.w[2], p.w[3]) - 1);
  return !onednn_fits && o.groups == 1 && padding_within_window;
}

few_channels::Problem FewChannels(const Problem& p) {
  return {p.x, p.w, p.y, p.options.stride, p.options.padding, p.options.dilation};
}

// As our own kernels, which know f32 only, read it: interleaved or in row-major order.
Tensor Interleaved(const Tensor& activations) {
  const Tensor x = Cast(activations, DType::kF32);
  return x.is_plain() ? x : onednn::InOrder(x, interleaved::DescOf(x.shape()));
}
Tensor PlainF32(const Tensor& w) { return Cast(ToPlain(w), DType::kF32); }

// w goes with activations of `dtype`: of their type, or f32 to be rounded.
void CheckWeights(const char* op, const Tensor& w, DType dtype) {
  DL_CHECK(w.dtype() == dtype || (w.dtype() == DType::kF32 && dtype == DType::kBF16))
      << op << ": w is " << ToString(w.dtype()) << ", it must be " << ToString(dtype)
      << (dtype == DType::kBF16 ? " or f32" : "");
}

void CheckType(const char* op, const char* name, const Tensor& tensor, DType dtype) {
  DL_CHECK(tensor.dtype() == dtype) << op << ": " << name << " is " << ToString(tensor.dtype()) << ", it must be "
                                    << ToString(dtype);
}

void CheckGradient(const char* op, const Tensor& dy, const Shape& y) {
  DL_CHECK(dy.shape() == y) << op << ": dy is " << ToString(dy.shape()) << ", it must be " << ToString(y);
}

}  // namespace

Tensor Convolution(const Tensor& x, const Tensor& w, const Tensor& b, const ConvolutionOptions& options) {
  const bool bias = b.size() > 0;
  const Problem p = MakeProblem(x.shape(), w.shape(), x.dtype(), bias, options);
  CheckWeights("Convolution", w, x.dtype());
  DL_CHECK(!bias || b.shape() == Shape{p.w[0]})
      << "Convolution: b is " << ToString(b.shape()) << ", w is " << ToString(p.w) << "; b must be [" << p.w[0] << "]";
  if (AreF64("Convolution", x, bias ? b : x)) {
    return ToTensor(
        reference::Convolution(FromTensor<double>(x), FromTensor<double>(w), FromTensor<double>(b), options));
  }
  CheckType("Convolution", "b", b, DType::kF32);
  if (HasFewChannels(p)) return Cast(few_channels::Forward(FewChannels(p), Interleaved(x), PlainF32(w), b), p.dtype);
  const auto& op = Forward(p);
  const Tensor x_in_order = onednn::InOrder(x, op.desc.src_desc());
  const Tensor w_in_order = WeightsInOrder(w, op.desc.weights_desc(), x.dtype());
  Tensor y = onednn::MakeTensor(op.desc.dst_desc(), p.y, p.dtype);
  const dnnl::memory x_memory = onednn::Read(x_in_order), w_memory = onednn::Read(w_in_order);
  if (bias) {
    op.Run({{DNNL_ARG_SRC, x_memory},
            {DNNL_ARG_WEIGHTS, w_memory},
            {DNNL_ARG_BIAS, onednn::Read(b)},
            {DNNL_ARG_DST, onednn::Write(y)}});
  } else {
    op.Run({{DNNL_ARG_SRC, x_memory}, {DNNL_ARG_WEIGHTS, w_memory}, {DNNL_ARG_DST, onednn::Write(y)}});
  }
  return y;
}

Tensor ConvolutionBackwardData(const Tensor& dy, const Tensor& w, const Shape& x_shape,
                               const ConvolutionOptions& options) {
  const Problem p = MakeProblem(x_shape, w.shape(), dy.dtype(), false, options);
  CheckWeights("ConvolutionBackwardData", w, dy.dtype());
  CheckGradient("ConvolutionBackwardData", dy, p.y);
  if (AreF64("ConvolutionBackwardData", dy)) {
    return ToTensor(
        reference::ConvolutionBackwardData(FromTensor<double>(dy), FromTensor<double>(w), x_shape, options));
  }
  if (HasFewChannels(p)) return Cast(few_channels::BackwardData(FewChannels(p), Interleaved(dy), PlainF32(w)), p.dtype);
  const auto& op = BackwardData(p);
  const Tensor dy_in_order = onednn::InOrder(dy, op.desc.diff_dst_desc());
  const Tensor w_in_order = WeightsInOrder(w, op.desc.weights_desc(), dy.dtype());
  Tensor dx = onednn::MakeTensor(op.desc.diff_src_desc(), p.x, p.dtype);
  op.Run({{DNNL_ARG_DIFF_DST, onednn::Read(dy_in_order)},
          {DNNL_ARG_WEIGHTS, onednn::Read(w_in_order)},
          {DNNL_ARG_DIFF_SRC, onednn::Write(dx)}});
  return dx;
}

ConvolutionGradients ConvolutionBackwardWeights(const Tensor& x, const Tensor& dy, const Shape& w_shape, bool bias,
                                                const ConvolutionOptions& options) {
  const Problem p = MakeProblem(x.shape(), w_shape, x.dtype(), bias, options);
  CheckType("ConvolutionBackwardWeights", "dy", dy, x.dtype());
  CheckGradient("ConvolutionBackwardWeights", dy, p.y);
  if (AreF64("ConvolutionBackwardWeights", x)) {
    const auto through = FromTensor<double>(dy);
    return {.dw = ToTensor(reference::ConvolutionBackwardWeights(FromTensor<double>(x), through, w_shape, options)),
            .db = bias ? ToTensor(reference::ConvolutionBackwardBias(through)) : Tensor()};
  }
  if (HasFewChannels(p)) {
    ConvolutionGradients gradients = {.dw = Tensor(p.w), .db = bias ? Tensor({p.w[0]}) : Tensor()};
    few_channels::BackwardWeights(FewChannels(p), Interleaved(x), Interleaved(dy), gradients.dw, gradients.db);
    return gradients;
  }
  if (!bias && p.dtype == DType::kBF16 && PrefersTiledWeightGradient(p.y, p.w, options)) {
    return {.dw = TiledWeightGradient(x, dy, p.w, options), .db = Tensor()};
  }
  const auto& op = BackwardWeights(p);
  const Tensor x_in_order = onednn::InOrder(x, op.desc.src_desc());
  const Tensor dy_in_order = onednn::InOrder(dy, op.desc.diff_dst_desc());
  const dnnl::memory x_memory = onednn::Read(x_in_order), dy_memory = onednn::Read(dy_in_order);
  ConvolutionGradients gradients = {.dw = onednn::MakeTensor(op.desc.diff_weights_desc(), p.w), .db = Tensor()};
  if (bias) {
    gradients.db = Tensor({p.w[0]});
    op.Run({{DNNL_ARG_SRC, x_memory},
            {DNNL_ARG_DIFF_DST, dy_memory},
            {DNNL_ARG_DIFF_WEIGHTS, onednn::Write(gradients.dw)},
            {DNNL_ARG_DIFF_BIAS, onednn::Write(gradients.db)}});
  } else {
    op.Run({{DNNL_ARG_SRC, x_memory},
            {DNNL_ARG_DIFF_DST, dy_memory},
            {DNNL_ARG_DIFF_WEIGHTS, onednn::Write(gradients.dw)}});
  }
  return gradients;
}

int64_t ConvolutionWeightReorders() { return weight_reorders; }

bool HasWinograd(const Shape& x, const Shape& w, const ConvolutionOptions& options) {
  ConvolutionOptions winograd = options;
  winograd.algorithm = ConvolutionAlgorithm::kWinograd;
  const Problem p = MakeProblem(x, w, DType::kF32, false, winograd);
  if (HasFewChannels(p)) return false;
  const bool forward = WithGeometry(p, [&](auto... geometry) -> bool {
    return bool{onednn::DescribeIfAny<convolution_forward>(dnnl::prop_kind::forward_training, AlgorithmOf(p),
                                                           AnyDesc(p.x), AnyWeights(p, p.dtype), AnyDesc(p.y),
                                                           geometry...)};
  });
  return forward && bool{DescribeBackwardData(p)} && bool{DescribeBackwardWeights(p)};
}

std::string ConvolutionKernels(const Shape& x, const Shape& w, DType dtype, const ConvolutionOptions& options) {
  const Problem p = MakeProblem(x, w, dtype, false, options);
  if (HasFewChannels(p)) return "few_channels, few_channels, few_channels";
  return absl::StrCat(Forward(p).desc.impl_info_str(), ", ", BackwardData(p).desc.impl_info_str(), ", ",
                      BackwardWeights(p).desc.impl_info_str());
}

}  // namespace dl
