#include "modules/cnn/ops.h"

#include <utility>

#include "modules/base/check.h"
#include "modules/primitives/elementwise.h"
#include "modules/primitives/residual_sum.h"

namespace dl {
namespace {

// [data_edge]
Edge DataEdge(const Variable& x, const Variable& w, const ConvolutionOptions& options) {
  return {x, [w = w.value(), shape = x.shape(), options](const Tensor&, const Tensor& dy) {
            return ConvolutionBackwardData(dy, w, shape, options);
          }};
}
// [/data_edge]

}  // namespace

Variable Convolution(const Variable& x, const Variable& w, const Variable& b, const ConvolutionOptions& options) {
  std::vector<Edge> edges =
      JointEdges({w, b}, [x = x.value(), shape = w.shape(), options](const Tensor&, const Tensor& dy) {
        ConvolutionGradients gradients = ConvolutionBackwardWeights(x, dy, shape, true, options);
        return std::vector<Tensor>{std::move(gradients.dw), std::move(gradients.db)};
      });
  edges.push_back(DataEdge(x, w, options));
  return Record("convolution", Convolution(x.value(), w.value(), b.value(), options), std::move(edges));
}

// [convolution]
Variable Convolution(const Variable& x, const Variable& w, const ConvolutionOptions& options) {
  return Record("convolution", Convolution(x.value(), w.value(), Tensor(), options),
                {{w,
                  [x = x.value(), shape = w.shape(), options](const Tensor&, const Tensor& dy) {
                    return ConvolutionBackwardWeights(x, dy, shape, false, options).dw;
                  }},
                 DataEdge(x, w, options)});
}
// [/convolution]

BatchNormalized BatchNormalization(const Variable& x, const Variable& scale, const Variable& shift,
                                   const BatchNormalizationOptions& options) {
  BatchNormalizationResult result = BatchNormalization(x.value(), scale.value(), shift.value(), options);
  const JointVjp vjp = [x = x.value(), scale = scale.value(), statistics = result.statistics,
                        mask = std::move(result.relu_mask), options](const Tensor&, const Tensor& dy) {
    BatchNormalizationGradients gradients = BatchNormalizationBackward(x, scale, statistics, mask, dy, options);
    return std::vector<Tensor>{std::move(gradients.dx), std::move(gradients.dscale), std::move(gradients.dshift)};
  };
  return {Record("batch_normalization", std::move(result.y), JointEdges({x, scale, shift}, vjp)),
          std::move(result.statistics)};
}

Variable BatchNormalizationInference(const Variable& x, const BatchStatistics& statistics, const Variable& scale,
                                     const Variable& shift, const BatchNormalizationOptions& options) {
  Tensor y = BatchNormalizationInference(x.value(), statistics, scale.value(), shift.value(), options);
  const JointVjp vjp = [x = x.value(), scale = scale.value(), statistics, options](const Tensor& y, const Tensor& dy) {
    const Tensor through = options.relu ? ApplyBackward(Elementwise::kReLU, y, dy) : dy;
    BatchNormalizationGradients gradients = BatchNormalizationInferenceBackward(x, statistics, scale, through, options);
    return std::vector<Tensor>{std::move(gradients.dx), std::move(gradients.dscale), std::move(gradients.dshift)};
  };
  return Record("batch_normalization", std::move(y), JointEdges({x, scale, shift}, vjp));
}

BatchNormalized BatchNormalizationAddReLU(const Variable& x, const Variable& scale, const Variable& shift,
                                          const Variable& around, const BatchNormalizationOptions& options) {
  DL_CHECK(!options.relu) << "BatchNormalizationAddReLU: options.relu is true; the ReLU is behind the sum";
  BatchNormalizationResult result = BatchNormalization(x.value(), scale.value(), shift.value(), options);
  const JointVjp vjp = [x = x.value(), scale = scale.value(), statistics = result.statistics, options](
                           const Tensor& y, const Tensor& dy) {
    Tensor through = ApplyBackward(Elementwise::kReLU, y, dy);
    auto gradients = BatchNormalizationBackward(x, scale, statistics, Tensor(), through, options);
    return std::vector<Tensor>{std::move(gradients.dx), std::move(gradients.dscale), std::move(gradients.dshift),
                               std::move(through)};
  };
  return {Record("batch_normalization_add_relu", AddReLU(result.y, around.value()),
                 JointEdges({x, scale, shift, around}, vjp)),
          std::move(result.statistics)};
}

Variable AddReLU(const Variable& a, const Variable& b) {
  const auto vjp = [](const Tensor& y, const Tensor& dy) {
    const Tensor through = ApplyBackward(Elementwise::kReLU, y, dy);
    return std::vector<Tensor>{through, through};
  };
  return Record("add_relu", AddReLU(a.value(), b.value()), JointEdges({a, b}, vjp));
}

Variable MaxPool(const Variable& x, const PoolingOptions& options) {
  MaxPoolResult result = MaxPool(x.value(), options);
  return Record("max_pool", std::move(result.y),
                {{x, [x = x.value(), argmax = std::move(result.argmax), options](const Tensor&, const Tensor& dy) {
                    return MaxPoolBackward(x, argmax, dy, options);
                  }}});
}

Variable AveragePool(const Variable& x, const PoolingOptions& options) {
  return Record(
      "average_pool", AveragePool(x.value(), options),
      {{x, [x = x.value(), options](const Tensor&, const Tensor& dy) { return AveragePoolBackward(x, dy, options); }}});
}

}  // namespace dl
