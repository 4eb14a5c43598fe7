#include "modules/primitives/internal/onednn.h"

#include <omp.h>

#include <algorithm>
#include <atomic>
#include <bit>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "modules/base/check.h"
#include "modules/primitives/allocator.h"

namespace dl::onednn {
namespace {

const dnnl::stream& Stream() {
  static const dnnl::stream& stream = *new dnnl::stream(Engine());
  return stream;
}

std::atomic<int64_t> reorders = 0;

// A handle that oneDNN takes for "none given" is null, and an empty tensor may have no storage: give it an address.
void* Address(const void* storage) {
  static std::byte nothing;
  return storage != nullptr ? const_cast<void*>(storage) : &nothing;
}

Desc RowMajor(const dnnl::memory::dims& dims, DType dtype) {
  dnnl::memory::dims strides(dims.size());
  int64_t stride = 1;
  for (size_t i = dims.size(); i-- > 0;) {
    strides[i] = stride;
    stride *= dims[i];
  }
  return Desc(dims, TypeOf(dtype), strides);
}

// The order of the tensor; if that is row-major, then under the dimensions of `like`.
Desc DescOf(const Tensor& tensor, const Desc& like) {
  return tensor.is_plain() ? RowMajor(DimsOf(like), tensor.dtype()) : tensor.layout()->desc();
}

bool HasAll(dnnl::cpu_isa wanted) {
  const auto bits = static_cast<unsigned>(wanted);
  return (static_cast<unsigned>(dnnl::get_effective_cpu_isa()) & bits) == bits;
}

using Tag = dnnl::memory::format_tag;
constexpr Tag kByChannels[] = {Tag::nChw16c, Tag::nChw8c, Tag::nhwc};

bool HasTag(const Desc& desc, Tag tag) { return desc == Desc(DimsOf(desc), TypeOf(desc), tag); }

// Whether the elements of [N, C, 1, 1] stand in the order n C + c.
bool AreRows(const Shape& shape, const Desc& desc, DType dtype) {
  if (shape.size() != 4 || shape[2] != 1 || shape[3] != 1) return false;
  if (desc.get_size() != PlainDesc(shape, dtype).get_size() || DimsOf(desc) != DimsOf(shape)) return false;
  return desc == PlainDesc(shape, dtype) ||
         std::any_of(std::begin(kByChannels), std::end(kByChannels), [&](Tag tag) { return HasTag(desc, tag); });
}

// Memory for one primitive at a time: as much as the greediest has asked for in this thread.
std::byte* Scratch(size_t bytes) {
  thread_local std::shared_ptr<std::byte> scratch;
  thread_local size_t size = 0;
  if (bytes > size) {
    scratch = nullptr;
    ReleaseCachedMemory();  // nobody else wants a block of the old size
    scratch = AllocateBytes(bytes);
    size = bytes;
  }
  return scratch.get();
}

}  // namespace

dnnl::memory::dims DimsOf(const Shape& shape) {
  return shape.empty() ? dnnl::memory::dims{1} : dnnl::memory::dims(shape.begin(), shape.end());
}

dnnl::memory::data_type TypeOf(DType dtype) {
  DL_CHECK(dtype != DType::kF64) << "oneDNN takes no f64; an operation on it runs its naive twin";
  return dtype == DType::kF32 ? dnnl::memory::data_type::f32 : dnnl::memory::data_type::bf16;
}

bool HasBf16() {
  static const bool has = HasAll(dnnl::cpu_isa::avx512_core);
  return has;
}

bool HasBf16Tiles() {
  static const bool has = HasAll(dnnl::cpu_isa::avx512_core_amx);
  return has;
}

Desc PlainDesc(const Shape& shape, DType dtype) { return RowMajor(DimsOf(shape), dtype); }

Desc AnyDesc(const Shape& shape, DType dtype) {
  return Desc(DimsOf(shape), TypeOf(dtype), dnnl::memory::format_tag::any);
}

Desc DescOf(const Tensor& tensor) {
  return tensor.is_plain() ? PlainDesc(tensor.shape(), tensor.dtype()) : tensor.layout()->desc();
}

Desc DescAlike(const Tensor& like, const Shape& shape, DType dtype) {
  if (!like.is_plain() && like.rank() == 4) {
    for (const Tag tag : kByChannels) {
      if (HasTag(DescOf(like), tag)) return Desc(DimsOf(shape), TypeOf(dtype), tag);
    }
  }
  return PlainDesc(shape, dtype);
}

Layout LayoutOf(const Desc& desc, DType dtype) {
  if (desc == RowMajor(DimsOf(desc), dtype)) return nullptr;
  static std::mutex& mutex = *new std::mutex;
  static std::vector<Layout>& layouts = *new std::vector<Layout>;
  std::lock_guard<std::mutex> lock(mutex);
  for (const Layout& layout : layouts) {
    if (layout->desc() == desc) return layout;
  }
  return layouts.emplace_back(std::make_shared<const BlockedLayout>(desc));
}

Tensor MakeTensor(const Desc& desc, const Shape& shape, DType dtype) {
  Layout layout = LayoutOf(desc, dtype);
  return layout ? Tensor(shape, dtype, std::move(layout), desc.get_size()) : Tensor(shape, dtype);
}

dnnl::memory Read(const Tensor& tensor) { return dnnl::memory(DescOf(tensor), Engine(), Address(tensor.raw())); }

dnnl::memory Write(Tensor& tensor) { return dnnl::memory(DescOf(tensor), Engine(), Address(tensor.mutable_raw())); }

int64_t Reorders() { return reorders; }

bool HasOrder(const Tensor& tensor, const Desc& desc) { return DescOf(tensor, desc) == desc; }

Tensor InOrder(const Tensor& tensor, const Desc& desc) {
  if (HasOrder(tensor, desc)) return tensor;
  if (AreRows(tensor.shape(), DescOf(tensor), tensor.dtype()) && AreRows(tensor.shape(), desc, tensor.dtype())) {
    return tensor.Relabelled(tensor.shape(), LayoutOf(desc, tensor.dtype()));
  }
  ++reorders;
  Tensor result = MakeTensor(desc, tensor.shape(), tensor.dtype());
  Copy(tensor, result);
  return result;
}

void Copy(const Tensor& from, Tensor& to) {
  struct Reorder {
    dnnl::reorder::primitive_desc desc;
    dnnl::reorder primitive;
  };
  const Reorder& reorder = Cached(Signature().Add(from).Add(to), [&] {
    dnnl::reorder::primitive_desc d(Engine(), DescOf(from, DescOf(to)), Engine(), DescOf(to, DescOf(from)),
                                    UserScratchpad());
    return Reorder{d, dnnl::reorder(d)};
  });
  Execute(reorder.primitive, reorder.desc.scratchpad_desc(), {{DNNL_ARG_FROM, Read(from)}, {DNNL_ARG_TO, Write(to)}});
}

void Execute(const dnnl::primitive& primitive, const Desc& scratchpad, absl::Span<const Argument> arguments) {
  std::unordered_map<int, dnnl::memory> named;
  named.reserve(arguments.size() + 1);
  for (const Argument& argument : arguments) named.emplace(argument.name, argument.memory);
  if (const size_t bytes = scratchpad.get_size(); bytes > 0) {
    named.emplace(DNNL_ARG_SCRATCHPAD, dnnl::memory(scratchpad, Engine(), Scratch(bytes)));
  }
  dnnl::stream stream = Stream();
  primitive.execute(stream, named);
  stream.wait();
}

Signature::Signature() { Add(int64_t{omp_get_max_threads()}); }

Signature& Signature::Add(int64_t number) {
  numbers_.push_back(number);
  return *this;
}

Signature& Signature::Add(float number) { return Add(int64_t{std::bit_cast<int32_t>(number)}); }

Signature& Signature::Add(const Shape& shape) {
  numbers_.push_back(static_cast<int64_t>(shape.size()));
  numbers_.insert(numbers_.end(), shape.begin(), shape.end());
  return *this;
}

Signature& Signature::Add(const Tensor& tensor) {
  Add(tensor.shape()).Add(static_cast<int64_t>(tensor.dtype()));
  return Add(static_cast<int64_t>(reinterpret_cast<intptr_t>(tensor.layout().get())));
}

}  // namespace dl::onednn
