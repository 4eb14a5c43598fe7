#include "modules/primitives/elementwise.h"

#include <iterator>

#include "modules/base/check.h"
#include "modules/base/nearest_name.h"
#include "modules/primitives/internal/f64.h"
#include "modules/primitives/internal/multiversion.h"
#include "modules/primitives/internal/onednn.h"
#include "modules/primitives/internal/parallel.h"
#include "modules/primitives/reference/elementwise.h"
#include "modules/primitives/reorder.h"

namespace dl {
namespace {

using dnnl::algorithm;
using reference::FromTensor;
using reference::ToTensor;

struct Function {
  Elementwise f;
  const char* name;
  algorithm forward;
  algorithm backward;  // differs from `forward` where the derivative is had from the output
  float alpha;
};

constexpr Function kFunctions[] = {
    {Elementwise::kReLU, "relu", algorithm::eltwise_relu, algorithm::eltwise_relu_use_dst_for_bwd, 0},
    {Elementwise::kLeakyReLU, "leaky_relu", algorithm::eltwise_relu, algorithm::eltwise_relu_use_dst_for_bwd,
     kLeakySlope},
    {Elementwise::kSigmoid, "sigmoid", algorithm::eltwise_logistic, algorithm::eltwise_logistic_use_dst_for_bwd, 0},
    {Elementwise::kTanh, "tanh", algorithm::eltwise_tanh, algorithm::eltwise_tanh_use_dst_for_bwd, 0},
    {Elementwise::kGELU, "gelu", algorithm::eltwise_gelu_erf, algorithm::eltwise_gelu_erf, 0},
    {Elementwise::kELU, "elu", algorithm::eltwise_elu, algorithm::eltwise_elu_use_dst_for_bwd, 1},
    {Elementwise::kSiLU, "silu", algorithm::eltwise_swish, algorithm::eltwise_swish, 1},
    {Elementwise::kExp, "exp", algorithm::eltwise_exp, algorithm::eltwise_exp_use_dst_for_bwd, 0},
    {Elementwise::kSqrt, "sqrt", algorithm::eltwise_sqrt, algorithm::eltwise_sqrt_use_dst_for_bwd, 0},
    {Elementwise::kSquare, "square", algorithm::eltwise_square, algorithm::eltwise_square, 0},
    {Elementwise::kAbs, "abs", algorithm::eltwise_abs, algorithm::eltwise_abs, 0},
};

const Function& Find(Elementwise f) { return kFunctions[static_cast<int>(f)]; }

// ReLU and its leaky kin on f32 are loops of our own over the storage, whatever its order: they cost one instruction an
// element, less than calling oneDNN costs a small layer, and the zeros that pad a blocked layout stay zero.
bool IsRectifier(Elementwise f, const Tensor& x) {
  return (f == Elementwise::kReLU || f == Elementwise::kLeakyReLU) && x.dtype() == DType::kF32;
}

int64_t StoredElements(const Tensor& x) { return static_cast<int64_t>(x.bytes() / sizeof(float)); }

// A NaN stays NaN, so that a diverging network shows it.
DL_MULTIVERSION void Rectify(int64_t n, float slope, const float* x, float* __restrict y) {
  const bool leaky = slope != 0;
  for (int64_t i = 0; i < n; ++i) y[i] = x[i] < 0.0f ? (leaky ? slope * x[i] : 0.0f) : x[i];
}

// The output is positive where the input is.
DL_MULTIVERSION void RectifyBackward(int64_t n, float slope, const float* y, const float* dy, float* __restrict dx) {
  const bool leaky = slope != 0;
  for (int64_t i = 0; i < n; ++i) dx[i] = y[i] > 0.0f ? dy[i] : (leaky ? slope * dy[i] : 0.0f);
}

}  // namespace

const std::vector<Elementwise>& AllElementwise() {
  static const auto& all = *[] {
    auto* list = new std::vector<Elementwise>;
    for (const Function& function : kFunctions) list->push_back(function.f);
    return list;
  }();
  return all;
}

const char* ToString(Elementwise f) { return Find(f).name; }

absl::StatusOr<Elementwise> ParseElementwise(const std::string& name) {
  std::vector<std::string> valid;
  for (const Function& function : kFunctions) {
    if (name == function.name) return function.f;
    valid.push_back(function.name);
  }
  return UnknownName("element-wise function", name, valid);
}

Tensor Apply(Elementwise f, const Tensor& x) {
  if (AreF64("Apply", x)) return ToTensor(reference::Apply(f, FromTensor<double>(x)));
  if (IsRectifier(f, x)) {
    Tensor y = Tensor::UninitializedLike(x);
    const float* in = static_cast<const float*>(x.raw());
    float* out = static_cast<float*>(y.mutable_raw());
    ParallelFor(StoredElements(x), 1, [&](int64_t begin, int64_t end) {
      Rectify(end - begin, Find(f).alpha, in + begin, out + begin);
    });
    return y;
  }
  const auto signature = onednn::Signature().Add(static_cast<int64_t>(f)).Add(x);
  const auto& op = onednn::Cached(signature, [&] {
    return onednn::Prepared<dnnl::eltwise_forward>(
        onednn::DescribeEltwise(Find(f).forward, onednn::DescOf(x), Find(f).alpha));
  });
  Tensor y = onednn::MakeTensor(onednn::DescOf(x), x.shape(), x.dtype());
  op.Run({{DNNL_ARG_SRC, onednn::Read(x)}, {DNNL_ARG_DST, onednn::Write(y)}});
  return y;
}

bool DerivativeReadsOutput(Elementwise f) { return Find(f).backward != Find(f).forward; }

Tensor ApplyBackward(Elementwise f, const Tensor& x_or_y, const Tensor& dy) {
  DL_CHECK(x_or_y.shape() == dy.shape()) << "ApplyBackward(" << ToString(f) << "): x is " << ToString(x_or_y.shape())
                                         << ", dy is " << ToString(dy.shape()) << "; they must be equal";
  if (AreF64("ApplyBackward", x_or_y, dy)) {
    const auto slope =
        DerivativeReadsOutput(f) ? reference::DerivativeFromOutput<double> : reference::Derivative<double>;
    return ToTensor(reference::ApplyBackward(f, slope, FromTensor<double>(x_or_y), FromTensor<double>(dy)));
  }
  if (IsRectifier(f, x_or_y)) {
    const Tensor dy_in_order = InLayoutOf(dy, x_or_y);
    Tensor dx = Tensor::UninitializedLike(x_or_y);
    const float *y = static_cast<const float*>(x_or_y.raw()), *gradient = static_cast<const float*>(dy_in_order.raw());
    float* out = static_cast<float*>(dx.mutable_raw());
    ParallelFor(StoredElements(dx), 1, [&](int64_t begin, int64_t end) {
      RectifyBackward(end - begin, Find(f).alpha, y + begin, gradient + begin, out + begin);
    });
    return dx;
  }
  const auto signature = onednn::Signature().Add(static_cast<int64_t>(f)).Add(x_or_y);
  const auto& op = onednn::Cached(signature, [&] {
    return onednn::Prepared<dnnl::eltwise_backward>(
        onednn::DescribeEltwiseBackward(Find(f).backward, onednn::DescOf(x_or_y), Find(f).alpha));
  });
  const Tensor dy_in_order = InLayoutOf(dy, x_or_y);
  Tensor dx = onednn::MakeTensor(onednn::DescOf(x_or_y), x_or_y.shape(), x_or_y.dtype());
  op.Run({{DerivativeReadsOutput(f) ? DNNL_ARG_DST : DNNL_ARG_SRC, onednn::Read(x_or_y)},
          {DNNL_ARG_DIFF_DST, onednn::Read(dy_in_order)},
          {DNNL_ARG_DIFF_SRC, onednn::Write(dx)}});
  return dx;
}

}  // namespace dl
