// One convolution, in all the ways to compute it: from the loops of the definition to kernels that are made for the
// processor. What they cost and how far rounding takes them from the truth is counted here; how fast they are, timed by
// //tools:bench.
#ifndef MODULES_PRIMITIVES_CONVOLUTION_WAYS_H_
#define MODULES_PRIMITIVES_CONVOLUTION_WAYS_H_

#include <functional>
#include <string>
#include <vector>

#include "modules/primitives/convolution_shape.h"
#include "modules/primitives/tensor.h"

namespace dl {

// y = x * w without bias. x: [N, C, H, W], w: [K, C, R, S].
struct ConvolutionTask {
  Shape x, w;
  ConvolutionOptions options = {};  // but for the algorithm; no groups
};

struct ConvolutionCost {
  double multiplications;  // of elements; none is counted less for the zeros of the padding
  double bytes;            // written and read, if each array went to memory and back once: x, w, y and those between
};

struct ConvolutionWay {
  std::string name;  // "loops"
  std::string about;
  std::function<bool(const ConvolutionTask& task)> is_available;  // on this machine, with this oneDNN
  std::function<ConvolutionCost(const ConvolutionTask& task)> cost;
  // For plain f32 x and w of the task's shapes: what computes y, in any layout. The operands are converted before, into
  // the type and order in which a network would keep them.
  std::function<std::function<Tensor()>(const ConvolutionTask& task, const Tensor& x, const Tensor& w)> prepare;
};

// "loops": the twin, a loop for each index of the definition. "reordered": the same sums, with the loop over a row of
// the image innermost, where memory is read in order; one thread, as before. "im2col": im2col.h. "direct" and
// "winograd": oneDNN's kernels, in f32. "bf16": oneDNN's direct kernels on bf16 operands, summed in f32.
const std::vector<ConvolutionWay>& ConvolutionWays();

}  // namespace dl

#endif  // MODULES_PRIMITIVES_CONVOLUTION_WAYS_H_
