// The bridge between Tensor and oneDNN: descriptors, memory, execution, and the cache of primitives.
#ifndef MODULES_PRIMITIVES_INTERNAL_ONEDNN_H_
#define MODULES_PRIMITIVES_INTERNAL_ONEDNN_H_

#include <utility>

#include "absl/container/inlined_vector.h"
#include "absl/container/node_hash_map.h"
#include "absl/types/span.h"
#include "modules/primitives/internal/onednn_version.h"
#include "modules/primitives/tensor.h"

namespace dl {

// The memory order of a blocked tensor. Layouts are interned: two equal ones are one object.
class BlockedLayout {
 public:
  explicit BlockedLayout(onednn::Desc desc) : desc_(std::move(desc)) {}
  const onednn::Desc& desc() const { return desc_; }

 private:
  onednn::Desc desc_;
};

namespace onednn {

dnnl::memory::dims DimsOf(const Shape& shape);
// f32 or bf16: oneDNN knows no f64 on processors.
dnnl::memory::data_type TypeOf(DType dtype);

// Whether oneDNN computes in bf16 on this machine: it wants AVX-512.
bool HasBf16();
// Whether the machine multiplies matrices of bf16 by tiles (AMX), some ten times as fast as vectors of f32.
bool HasBf16Tiles();

// Row-major; a scalar counts as [1], since oneDNN knows no rank 0.
Desc PlainDesc(const Shape& shape, DType dtype = DType::kF32);
// The order that the primitive may choose.
Desc AnyDesc(const Shape& shape, DType dtype = DType::kF32);
// The order that the tensor has.
Desc DescOf(const Tensor& tensor);

// `shape` in the order that `like` has, where that is plain, channels last or blocked by channels; else row-major.
Desc DescAlike(const Tensor& like, const Shape& shape, DType dtype);

// The interned layout of `desc`; null if it is row-major.
Layout LayoutOf(const Desc& desc, DType dtype);

// A tensor with unspecified elements in the order of `desc`.
Tensor MakeTensor(const Desc& desc, const Shape& shape, DType dtype = DType::kF32);

// The tensor's bytes as oneDNN sees them. The first may only be read, the second copies shared storage first.
dnnl::memory Read(const Tensor& tensor);
dnnl::memory Write(Tensor& tensor);

// Whether the tensor's elements stand in the order of `desc`. A descriptor may count more dimensions than the tensor,
// as those of grouped weights do: a row-major tensor is row-major under both shapes.
bool HasOrder(const Tensor& tensor, const Desc& desc);

// `tensor` in the order of `desc`: itself if it has that order, else a copy. Maps of one place each, [N, C, 1, 1], lie
// alike in many orders, and are not copied then.
Tensor InOrder(const Tensor& tensor, const Desc& desc);

// Fills `to` with the elements of `from`, of the same shape, whatever the orders and types of the two.
void Copy(const Tensor& from, Tensor& to);

// How many copies InOrder has made so far.
int64_t Reorders();

struct Argument {
  int name;  // DNNL_ARG_...
  dnnl::memory memory;
};

// Runs a primitive and waits for it; `scratchpad` is its descriptor's scratchpad_desc().
void Execute(const dnnl::primitive& primitive, const Desc& scratchpad, absl::Span<const Argument> arguments);

// What identifies a primitive: numbers, shapes, element types, memory orders and the number of threads.
class Signature {
 public:
  Signature();
  Signature& Add(int64_t number);
  Signature& Add(float number);
  Signature& Add(const Shape& shape);
  Signature& Add(const Tensor& tensor);  // shape, type, order; not the values

  friend bool operator==(const Signature& a, const Signature& b) { return a.numbers_ == b.numbers_; }
  template <typename H>
  friend H AbslHashValue(H h, const Signature& s) {
    return H::combine(std::move(h), s.numbers_);
  }

 private:
  absl::InlinedVector<int64_t, 32> numbers_;
};

// make()'s value, made once for each signature, call site and thread: a primitive must run in the thread that made it,
// and making one takes longer than many a run.
template <typename Make>
auto& Cached(const Signature& signature, Make make) {
  thread_local absl::node_hash_map<Signature, decltype(make())> cache;
  const auto found = cache.find(signature);
  return found != cache.end() ? found->second : cache.emplace(signature, make()).first->second;
}

// A primitive with the descriptor that tells its memory orders.
template <typename P>
struct Prepared {
  explicit Prepared(typename P::primitive_desc d) : desc(std::move(d)), primitive(desc) {}
  void Run(absl::Span<const Argument> arguments) const {
    Execute(primitive, desc.scratchpad_desc(), arguments);
  }
  typename P::primitive_desc desc;
  P primitive;
};

}  // namespace onednn
}  // namespace dl

#endif  // MODULES_PRIMITIVES_INTERNAL_ONEDNN_H_
