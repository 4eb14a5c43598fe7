// Convolution over height and width, and its two gradients.
//
//   y[n, k, i, j] = b[k] + sum over c, r, s of w[k, c, r, s] x[n, c, i·stride + r·dilation - padding, j·... + s·...]
//
// where x counts as zero outside its borders (strictly a cross-correlation, as everywhere in deep learning). With
// groups, the K outputs and C inputs fall into as many equal parts, and each part of the outputs sees its part of the
// inputs only. Results come out in the memory order that the fastest kernel wants, which is the order the next
// convolution wants too: nothing is reordered between two of them.
#ifndef MODULES_PRIMITIVES_CONVOLUTION_H_
#define MODULES_PRIMITIVES_CONVOLUTION_H_

#include <cstdint>
#include <string>

#include "modules/primitives/convolution_shape.h"
#include "modules/primitives/tensor.h"

namespace dl {

// y [N, K, Ho, Wo]. x: [N, C, H, W], f32, bf16 or f64; w: [K, C / groups, R, S], of x's type, or f32 beside bf16; b:
// [K], f64 beside f64 and else f32, or Tensor() for none. y has x's type.
//
// This is mixed precision: f32 weights, in which small updates add up, are rounded to bf16 on their way into the order
// of the kernel (Micikevicius et al. 2018).
Tensor Convolution(const Tensor& x, const Tensor& w, const Tensor& b, const ConvolutionOptions& options = {});

// dx [N, C, H, W] = `x_shape`, of dy's type, in the order that Convolution reads x in. dy: [N, K, Ho, Wo]; w:
// [K, C / groups, R, S], of dy's type, or f32 beside bf16.
Tensor ConvolutionBackwardData(const Tensor& dy, const Tensor& w, const Shape& x_shape,
                               const ConvolutionOptions& options = {});

struct ConvolutionGradients {
  Tensor dw;  // [K, C / groups, R, S], f64 from f64 and else f32; in f32 in the order that Convolution reads w in
  Tensor db;  // [K], of dw's type; Tensor() if not asked for
};

// The gradients of the weights, and of the bias where `bias` asks for it. x: [N, C, H, W], dy: [N, K, Ho, Wo], of one
// type. Parameters that take over the order of dw (InLayoutOf) are never reordered again, neither by Convolution nor by
// an update.
ConvolutionGradients ConvolutionBackwardWeights(const Tensor& x, const Tensor& dy, const Shape& w_shape, bool bias,
                                                const ConvolutionOptions& options = {});

// How often weights had to be rewritten: for ConvolutionBackwardData, whose direct kernels read them in another order
// than the forward ones do (Winograd's do not), and for bf16 kernels from f32. ReorderCount() leaves these copies out:
// they cannot be avoided, and weights are small beside activations.
int64_t ConvolutionWeightReorders();

// Whether oneDNN has Winograd kernels for f32 tensors of these shapes, in all three directions: versions before 3.2 do,
// for 3x3 windows of stride 1 on machines with AVX-512.
bool HasWinograd(const Shape& x, const Shape& w, const ConvolutionOptions& options = {});

// The kernels that run a convolution of these shapes forward, backward to the data and backward to the weights, as
// "name, name, name": what a benchmark prints, and what a test holds against slow fallbacks.
std::string ConvolutionKernels(const Shape& x, const Shape& w, DType dtype, const ConvolutionOptions& options = {});

}  // namespace dl

#endif  // MODULES_PRIMITIVES_CONVOLUTION_H_
