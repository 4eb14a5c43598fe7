#include "modules/cnn/locally_connected2d.h"

#include "modules/backprop/ops.h"
#include "modules/base/check.h"

namespace dl {
namespace {

int64_t Side(int64_t kernel, int64_t size, const LocallyConnected2dOptions& o) {
  DL_CHECK(kernel <= size + 2 * o.padding) << "LocallyConnected2d: a kernel of " << kernel << " on images of side "
                                           << size << " with padding " << o.padding << "; it must fit";
  return (size + 2 * o.padding - kernel) / o.stride + 1;
}

}  // namespace

Variable LocallyConnected(const Variable& x, const Variable& w, const Variable& b,
                          const LocallyConnectedOptions& options) {
  std::vector<Edge> edges =
      JointEdges({w, b}, [x = x.value(), shape = w.shape(), options](const Tensor&, const Tensor& dy) {
        LocallyConnectedGradients gradients = LocallyConnectedBackwardWeights(x, dy, shape, options);
        return std::vector<Tensor>{std::move(gradients.dw), std::move(gradients.db)};
      });
  edges.push_back({x, [w = w.value(), shape = x.shape(), options](const Tensor&, const Tensor& dy) {
                     return LocallyConnectedBackwardData(dy, w, shape, options);
                   }});
  return Record("locally_connected", LocallyConnected(x.value(), w.value(), b.value(), options), std::move(edges));
}

LocallyConnected2d::LocallyConnected2d(int64_t inputs, int64_t outputs, int64_t kernel, int64_t size, Random& random,
                                       const LocallyConnected2dOptions& o)
    : options_{o.stride, o.padding}, weight_(Tensor()), bias_(Tensor()) {
  const int64_t side = Side(kernel, size, o);
  // As so many filters as there are units, which is what makes the fan-in right.
  const Tensor weight = o.initializer({outputs * side * side, inputs, kernel, kernel}, random);
  weight_ = weight.Reshape({outputs, inputs, kernel, kernel, side, side});
  bias_ = Tensor::Zeros({outputs, side, side});
}

Variable LocallyConnected2d::Forward(const Variable& x, const Pass&) {
  return LocallyConnected(Cast(x, weight_.value().dtype()), weight_, bias_, options_);
}

Window LocallyConnected2d::WindowOn(const Shape&) const {
  return {weight_.shape()[2], options_.stride, options_.padding};
}

}  // namespace dl
