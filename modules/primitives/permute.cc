#include "modules/primitives/permute.h"

#include <vector>

#include "absl/strings/str_join.h"
#include "modules/base/check.h"
#include "modules/primitives/internal/f64.h"
#include "modules/primitives/internal/onednn.h"
#include "modules/primitives/reference/permute.h"
#include "modules/primitives/reorder.h"

namespace dl {
namespace {

void CheckPermutation(const Tensor& x, absl::Span<const int> axes) {
  std::vector<bool> seen(x.rank(), false);
  bool valid = static_cast<int>(axes.size()) == x.rank();
  for (size_t i = 0; valid && i < axes.size(); ++i) {
    valid = axes[i] >= 0 && axes[i] < x.rank() && !seen[axes[i]];
    if (valid) seen[axes[i]] = true;
  }
  DL_CHECK(valid) << "Permute: x is " << ToString(x.shape()) << ", axes are [" << absl::StrJoin(axes, ", ")
                  << "]; each axis of x must be named once";
}

}  // namespace

Tensor Permute(const Tensor& x, absl::Span<const int> axes) {
  CheckPermutation(x, axes);
  if (AreF64("Permute", x)) {
    return reference::ToTensor(
        reference::Permute(reference::FromTensor<double>(x), std::vector<int>(axes.begin(), axes.end())));
  }
  const Tensor plain = ToPlain(x);
  Shape shape(axes.size()), strides(axes.size());
  for (size_t i = 0; i < axes.size(); ++i) {
    shape[i] = x.dim(axes[i]);
    strides[i] = 1;
    for (int d = axes[i] + 1; d < x.rank(); ++d) strides[i] *= x.dim(d);
  }
  Tensor y(shape, x.dtype());
  if (y.size() == 0 || axes.empty()) return plain.Reshape(shape);
  // A reorder from x, seen with its strides permuted, to row-major.
  const onednn::Desc from(onednn::DimsOf(shape), onednn::TypeOf(x.dtype()), onednn::DimsOf(strides));
  const auto signature = onednn::Signature().Add(y).Add(strides);
  const auto& reorder = onednn::Cached(signature, [&] {
    return onednn::Prepared<dnnl::reorder>(dnnl::reorder::primitive_desc(onednn::Engine(), from, onednn::Engine(),
                                                                         onednn::DescOf(y), onednn::UserScratchpad()));
  });
  const dnnl::memory source(from, onednn::Engine(), const_cast<void*>(plain.raw()));
  reorder.Run({{DNNL_ARG_FROM, source}, {DNNL_ARG_TO, onednn::Write(y)}});
  return y;
}

Tensor Transpose(const Tensor& x) {
  DL_CHECK(x.rank() == 2) << "Transpose: x is " << ToString(x.shape())
                          << ", it must be a matrix; Permute() orders any axes";
  return Permute(x, {1, 0});
}

}  // namespace dl
