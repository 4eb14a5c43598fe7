#include "modules/primitives/concat.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "absl/strings/str_join.h"
#include "modules/base/check.h"
#include "modules/primitives/internal/onednn.h"
#include "modules/primitives/internal/parallel.h"
#include "modules/primitives/reorder.h"

namespace dl {
namespace {

int IndexOf(const char* op, const Tensor& x, int axis) {
  const int index = axis < 0 ? axis + x.rank() : axis;
  DL_CHECK(index >= 0 && index < x.rank())
      << op << ": a tensor is " << ToString(x.shape()) << ", which has no axis " << axis;
  return index;
}

// The product of the extents before `axis`: how often the pieces of a plain concatenation alternate.
int64_t Outer(const Shape& shape, int axis) { return NumElements(Shape(shape.begin(), shape.begin() + axis)); }

// Copies `rows` runs of `bytes`, which are the strides apart.
void CopyRuns(int64_t rows, int64_t bytes, const void* from, int64_t from_stride, void* to, int64_t to_stride) {
  ParallelFor(rows, bytes / 4, [&](int64_t begin, int64_t end) {
    for (int64_t r = begin; r < end; ++r) {
      std::memcpy(static_cast<std::byte*>(to) + r * to_stride, static_cast<const std::byte*>(from) + r * from_stride,
                  bytes);
    }
  });
}

Shape ConcatShape(absl::Span<const Tensor> tensors, int axis) {
  Shape shape = tensors[0].shape();
  for (const Tensor& tensor : tensors.subspan(1)) {
    Shape expected = tensor.shape();
    if (tensor.rank() == tensors[0].rank()) expected[axis] = tensors[0].dim(axis);
    DL_CHECK(expected == tensors[0].shape() && tensor.dtype() == tensors[0].dtype())
        << "Concat along axis " << axis << ": " << ToString(tensors[0].shape()) << " of "
        << ToString(tensors[0].dtype()) << " and " << ToString(tensor.shape()) << " of " << ToString(tensor.dtype())
        << "; they may differ in that axis only";
    shape[axis] += tensor.dim(axis);
  }
  return shape;
}

Tensor ConcatOneDnn(absl::Span<const Tensor> tensors, const Shape& shape, int axis) {
  onednn::Signature signature;
  signature.Add(int64_t{axis});
  for (const Tensor& tensor : tensors) signature.Add(tensor);
  const auto& primitive = onednn::Cached(signature, [&] {
    std::vector<onednn::Desc> sources;
    for (const Tensor& tensor : tensors) sources.push_back(onednn::DescOf(tensor));
    return onednn::Prepared<dnnl::concat>(onednn::DescribeConcat(axis, sources));
  });
  Tensor y = onednn::MakeTensor(primitive.desc.dst_desc(), shape, tensors[0].dtype());
  std::vector<onednn::Argument> arguments = {{DNNL_ARG_DST, onednn::Write(y)}};
  for (size_t i = 0; i < tensors.size(); ++i) {
    arguments.push_back({DNNL_ARG_MULTIPLE_SRC + static_cast<int>(i), onednn::Read(tensors[i])});
  }
  primitive.Run(arguments);
  return y;
}

// The piece [first, first + piece.dim(axis)) of a blocked x; false where the cuts are not between two of its blocks.
bool CutBlocked(const Tensor& x, int axis, int64_t first, Tensor& piece) {
  dnnl::memory::dims offsets(x.rank(), 0);
  offsets[axis] = first;
  const onednn::Desc from =
      onednn::DescOf(x).submemory_desc(onednn::DimsOf(piece.shape()), offsets, /*allow_empty=*/true);
  if (onednn::IsEmpty(from)) return false;
  const auto signature = onednn::Signature().Add(x).Add(int64_t{axis}).Add(first).Add(piece);
  const auto& reorder = onednn::Cached(signature, [&] {
    return onednn::Prepared<dnnl::reorder>(dnnl::reorder::primitive_desc(
        onednn::Engine(), from, onednn::Engine(), onednn::DescOf(piece), onednn::UserScratchpad()));
  });
  const dnnl::memory source(from, onednn::Engine(), const_cast<void*>(x.raw()));
  reorder.Run({{DNNL_ARG_FROM, source}, {DNNL_ARG_TO, onednn::Write(piece)}});
  return true;
}

}  // namespace

Tensor Concat(absl::Span<const Tensor> tensors, int axis) {
  DL_CHECK(!tensors.empty()) << "Concat: no tensors";
  const int index = IndexOf("Concat", tensors[0], axis);
  const Shape shape = ConcatShape(tensors, index);
  const bool plain = std::all_of(tensors.begin(), tensors.end(), [](const Tensor& t) { return t.is_plain(); });
  if (!plain) return ConcatOneDnn(tensors, shape, index);
  Tensor y(shape, tensors[0].dtype());
  const int64_t outer = Outer(shape, index);
  if (y.size() == 0) return y;
  auto* to = static_cast<std::byte*>(y.mutable_raw());
  const int64_t stride = static_cast<int64_t>(y.bytes()) / outer;
  for (const Tensor& tensor : tensors) {
    const int64_t bytes = static_cast<int64_t>(tensor.bytes()) / outer;
    CopyRuns(outer, bytes, tensor.raw(), bytes, to, stride);
    to += bytes;
  }
  return y;
}

std::vector<Tensor> Split(const Tensor& x, absl::Span<const int64_t> sizes, int axis) {
  const int index = IndexOf("Split", x, axis);
  int64_t sum = 0;
  for (const int64_t size : sizes) sum += size;
  DL_CHECK(sum == x.dim(index)) << "Split: x is " << ToString(x.shape()) << ", the sizes ["
                                << absl::StrJoin(sizes, ", ") << "] must sum to its extent along axis " << index;
  std::vector<Tensor> pieces;
  const int64_t outer = Outer(x.shape(), index);
  const int64_t stride = outer > 0 ? static_cast<int64_t>(x.bytes()) / outer : 0;
  int64_t first = 0;
  for (const int64_t size : sizes) {
    Shape shape = x.shape();
    shape[index] = size;
    if (x.is_plain()) {
      Tensor& piece = pieces.emplace_back(shape, x.dtype());
      const int64_t bytes = outer > 0 ? static_cast<int64_t>(piece.bytes()) / outer : 0;
      const int64_t offset = x.dim(index) > 0 ? stride / x.dim(index) * first : 0;
      if (bytes > 0) {
        CopyRuns(outer, bytes, static_cast<const std::byte*>(x.raw()) + offset, stride, piece.mutable_raw(), bytes);
      }
    } else {
      pieces.push_back(onednn::MakeTensor(onednn::DescAlike(x, shape, x.dtype()), shape, x.dtype()));
      if (!CutBlocked(x, index, first, pieces.back())) return Split(ToPlain(x), sizes, axis);
    }
    first += size;
  }
  return pieces;
}

}  // namespace dl
