// The differences between oneDNN 2.6 and 3.x, all of them: how a primitive is described.
//
// 2.6 builds an operation descriptor first and passes it with attribute and engine; 3.x takes the same arguments
// directly, with more memory descriptors for some operations. Everything above this file is written once.
#ifndef MODULES_PRIMITIVES_INTERNAL_ONEDNN_VERSION_H_
#define MODULES_PRIMITIVES_INTERNAL_ONEDNN_VERSION_H_

#include <utility>
#include <vector>

#include "dnnl.hpp"

namespace dl::onednn {

using Desc = dnnl::memory::desc;

// One engine, the CPU, for the whole program.
inline const dnnl::engine& Engine() {
  static const dnnl::engine& engine = *new dnnl::engine(dnnl::engine::kind::cpu, 0);
  return engine;
}

// The attribute of every primitive: its scratch memory comes from our allocator.
inline const dnnl::primitive_attr& UserScratchpad() {
  static const dnnl::primitive_attr& attribute = *[] {
    auto* a = new dnnl::primitive_attr;
    a->set_scratchpad_mode(dnnl::scratchpad_mode::user);
    return a;
  }();
  return attribute;
}

// Whether a function that may fail, such as submemory_desc(..., allow_empty = true), returned no descriptor.
inline bool IsEmpty(const Desc& desc) {
#if DNNL_VERSION_MAJOR >= 3
  return !desc;
#else
  return desc == Desc();
#endif
}

#if DNNL_VERSION_MAJOR >= 3

// The primitive descriptor of operation P (convolution_forward, matmul, ...) for the arguments that 2.6 and 3.x share.
template <typename P, typename... Arguments>
typename P::primitive_desc Describe(Arguments&&... arguments) {
  return typename P::primitive_desc(Engine(), std::forward<Arguments>(arguments)..., UserScratchpad());
}

// As Describe, for a backward operation; `hint` is the forward one's descriptor.
template <typename P, typename Hint, typename... Arguments>
typename P::primitive_desc DescribeBackward(const Hint& hint, Arguments&&... arguments) {
  return typename P::primitive_desc(Engine(), std::forward<Arguments>(arguments)..., hint, UserScratchpad());
}

// As Describe, but the result is empty (converts to false) where oneDNN has no implementation.
template <typename P, typename... Arguments>
typename P::primitive_desc DescribeIfAny(Arguments&&... arguments) {
  return typename P::primitive_desc(Engine(), std::forward<Arguments>(arguments)..., UserScratchpad(), true);
}

template <typename P, typename Hint, typename... Arguments>
typename P::primitive_desc DescribeBackwardIfAny(const Hint& hint, Arguments&&... arguments) {
  return typename P::primitive_desc(Engine(), std::forward<Arguments>(arguments)..., hint, UserScratchpad(), true);
}

inline dnnl::memory::dims DimsOf(const Desc& desc) { return desc.get_dims(); }
inline dnnl::memory::data_type TypeOf(const Desc& desc) { return desc.get_data_type(); }

#else

inline dnnl::memory::dims DimsOf(const Desc& desc) { return desc.dims(); }
inline dnnl::memory::data_type TypeOf(const Desc& desc) { return desc.data_type(); }

template <typename P, typename... Arguments>
typename P::primitive_desc Describe(Arguments&&... arguments) {
  return typename P::primitive_desc(typename P::desc(std::forward<Arguments>(arguments)...), UserScratchpad(),
                                    Engine());
}

template <typename P, typename Hint, typename... Arguments>
typename P::primitive_desc DescribeBackward(const Hint& hint, Arguments&&... arguments) {
  return typename P::primitive_desc(typename P::desc(std::forward<Arguments>(arguments)...), UserScratchpad(),
                                    Engine(), hint);
}

template <typename P, typename... Arguments>
typename P::primitive_desc DescribeIfAny(Arguments&&... arguments) {
  return typename P::primitive_desc(typename P::desc(std::forward<Arguments>(arguments)...), UserScratchpad(),
                                    Engine(), true);
}

template <typename P, typename Hint, typename... Arguments>
typename P::primitive_desc DescribeBackwardIfAny(const Hint& hint, Arguments&&... arguments) {
  return typename P::primitive_desc(typename P::desc(std::forward<Arguments>(arguments)...), UserScratchpad(),
                                    Engine(), hint, true);
}

#endif

// Element-wise: y = f(x), and dx = f'(x or y) dy. `data` serves x and y, or x and dx.
inline dnnl::eltwise_forward::primitive_desc DescribeEltwise(dnnl::algorithm f, const Desc& data, float alpha) {
#if DNNL_VERSION_MAJOR >= 3
  return Describe<dnnl::eltwise_forward>(dnnl::prop_kind::forward_training, f, data, data, alpha, 0.0f);
#else
  return Describe<dnnl::eltwise_forward>(dnnl::prop_kind::forward_training, f, data, alpha, 0.0f);
#endif
}

inline dnnl::eltwise_backward::primitive_desc DescribeEltwiseBackward(dnnl::algorithm f, const Desc& data,
                                                                      float alpha) {
  const auto hint = DescribeEltwise(f, data, alpha);
#if DNNL_VERSION_MAJOR >= 3
  return DescribeBackward<dnnl::eltwise_backward>(hint, f, data, data, data, alpha, 0.0f);
#else
  return DescribeBackward<dnnl::eltwise_backward>(hint, f, data, data, alpha, 0.0f);
#endif
}

// Windows, their distance, and the padding before the first and after the last, each for both axes.
struct PoolingGeometry {
  dnnl::memory::dims kernel, stride, padding_begin, padding_end;
};

// y = the maximum or mean of each window of x. The versions differ in the dilation, for which 2.6 has other classes.
inline dnnl::pooling_forward::primitive_desc DescribePooling(dnnl::algorithm algorithm, const Desc& x, const Desc& y,
                                                             const PoolingGeometry& g) {
  return Describe<dnnl::pooling_forward>(dnnl::prop_kind::forward_training, algorithm, x, y, g.stride, g.kernel,
#if DNNL_VERSION_MAJOR >= 3
                                         dnnl::memory::dims(g.kernel.size(), 0),
#endif
                                         g.padding_begin, g.padding_end);
}

inline dnnl::pooling_backward::primitive_desc DescribePoolingBackward(const dnnl::pooling_forward::primitive_desc& hint,
                                                                      dnnl::algorithm algorithm, const Desc& dx,
                                                                      const Desc& dy, const PoolingGeometry& g) {
  return DescribeBackward<dnnl::pooling_backward>(hint, algorithm, dx, dy, g.stride, g.kernel,
#if DNNL_VERSION_MAJOR >= 3
                                                  dnnl::memory::dims(g.kernel.size(), 0),
#endif
                                                  g.padding_begin, g.padding_end);
}

// Concatenation along `axis`; the order of the result is oneDNN's choice.
inline dnnl::concat::primitive_desc DescribeConcat(int axis, const std::vector<Desc>& sources) {
#if DNNL_VERSION_MAJOR >= 3
  return dnnl::concat::primitive_desc(Engine(), axis, sources, UserScratchpad());
#else
  return dnnl::concat::primitive_desc(axis, sources, Engine(), UserScratchpad());
#endif
}

// Batch normalisation; `data` serves x, y and their gradients.
inline dnnl::batch_normalization_forward::primitive_desc DescribeBatchNormalization(dnnl::prop_kind kind,
                                                                                    const Desc& data, float epsilon,
                                                                                    dnnl::normalization_flags flags) {
#if DNNL_VERSION_MAJOR >= 3
  return Describe<dnnl::batch_normalization_forward>(kind, data, data, epsilon, flags);
#else
  return Describe<dnnl::batch_normalization_forward>(kind, data, epsilon, flags);
#endif
}

inline dnnl::batch_normalization_backward::primitive_desc DescribeBatchNormalizationBackward(
    const dnnl::batch_normalization_forward::primitive_desc& hint, const Desc& data, float epsilon,
    dnnl::normalization_flags flags) {
#if DNNL_VERSION_MAJOR >= 3
  return DescribeBackward<dnnl::batch_normalization_backward>(hint, dnnl::prop_kind::backward, data, data, data,
                                                              epsilon, flags);
#else
  return DescribeBackward<dnnl::batch_normalization_backward>(hint, dnnl::prop_kind::backward, data, data, epsilon,
                                                              flags);
#endif
}

// 2.6 counts the shift among the inputs of the backward pass, though it never reads it; 3.x refuses it.
inline constexpr bool kBatchNormalizationBackwardTakesShift = DNNL_VERSION_MAJOR < 3;

}  // namespace dl::onednn

#endif  // MODULES_PRIMITIVES_INTERNAL_ONEDNN_VERSION_H_
