#include "modules/backprop/experiments/cnn_entries.h"

#include <utility>

#include "modules/backprop/ops.h"
#include "modules/cnn/all_conv.h"
#include "modules/cnn/batch_norm.h"
#include "modules/cnn/blur_pool.h"
#include "modules/cnn/conv2d.h"
#include "modules/cnn/dropout.h"
#include "modules/cnn/fast_cifar.h"
#include "modules/cnn/group_norm.h"
#include "modules/cnn/lenet.h"
#include "modules/cnn/locally_connected2d.h"
#include "modules/cnn/nielsen.h"
#include "modules/cnn/ops.h"
#include "modules/cnn/residual.h"
#include "modules/cnn/resnet.h"
#include "modules/cnn/small_cnn.h"
#include "modules/cnn/squeezenet.h"
#include "modules/cnn/three_conv_three_dense.h"
#include "modules/cnn/two_conv_two_dense.h"
#include "modules/cnn/vgg.h"
#include "modules/cnn/whitening.h"
#include "modules/primitives/reorder.h"

namespace dl {
namespace {

OpEntry Conv(std::string name, const ConvolutionOptions& o) {
  return EntryOfOp(std::move(name), "Convolution(x, w, b, options)", kCoupledBar,
                   {{"x", {2, 4, 6, 5}}, {"w", {6, 4 / o.groups, 3, 3}}, {"b", {6}}},
                   [o](auto& v) { return Convolution(v[0], v[1], v[2], o); });
}

OpEntry BatchNorm(std::string name, Shape x, const BatchNormalizationOptions& o) {
  return EntryOfOp(std::move(name), "BatchNormalization(x, scale, shift, options)", kCoupledBar,
                   {{"x", std::move(x)}, {"scale", {3}}, {"shift", {3}}},
                   [o](auto& v) { return BatchNormalization(v[0], v[1], v[2], o).y; });
}

}  // namespace

std::vector<OpEntry> CnnOps() {
  const OpInput x{"x", {2, 3, 6, 6}};
  const auto max_pool = [](const PoolingOptions& o) { return [o](auto& v) { return MaxPool(v[0], o); }; };
  const auto average_pool = [](const PoolingOptions& o) { return [o](auto& v) { return AveragePool(v[0], o); }; };
  const PoolingOptions overlapping = {.kernel = 3, .stride = 2, .padding = 1};
  return {
      Conv("convolution", {.padding = 1}),
      Conv("convolution_stride", {.stride = 2, .padding = 1}),
      Conv("convolution_groups", {.groups = 2}),
      Conv("convolution_dilation", {.padding = 2, .dilation = 2}),
      EntryOfOp("convolution_no_bias", "Convolution(x, w, options)", kCoupledBar, {x, {"w", {4, 3, 3, 3}}},
                [](auto& v) { return Convolution(v[0], v[1], ConvolutionOptions{.padding = 1}); }),
      BatchNorm("batch_norm", {3, 3, 2, 2}, {}),
      BatchNorm("batch_norm_rows", {8, 3}, {}),
      BatchNorm("batch_norm_relu", {3, 3, 2, 2}, {.relu = true}),
      EntryOfOp("batch_norm_inference", "BatchNormalizationInference(x, statistics, scale, shift, options)",
                kCoupledBar, {x, {"scale", {3}}, {"shift", {3}}},
                [](auto& v) {
                  const BatchStatistics statistics = {
                      .mean = Cast(Tensor::Of({3}, {0.1f, -0.2f, 0}), v[0].value().dtype()),
                      .variance = Cast(Tensor::Of({3}, {1, 0.5f, 2}), v[0].value().dtype())};
                  return BatchNormalizationInference(v[0], statistics, v[1], v[2], {.relu = true});
                }),
      EntryOfOp("batch_norm_add_relu", "BatchNormalizationAddReLU(x, scale, shift, around, options)", kCoupledBar,
                {{"x", {3, 3, 2, 2}}, {"scale", {3}}, {"shift", {3}}, {"around", {3, 3, 2, 2}}},
                [](auto& v) { return BatchNormalizationAddReLU(v[0], v[1], v[2], v[3]).y; }),
      EntryOfOp("add_relu", "AddReLU(a, b)", kLinearBar, {{"a", {2, 3, 4, 4}}, {"b", {2, 3, 4, 4}}},
                [](auto& v) { return AddReLU(v[0], v[1]); }),
      EntryOfOp("max_pool", "MaxPool(x, options)", kCopiedBar, {x}, max_pool({})),
      EntryOfOp("max_pool_overlapping", "MaxPool(x, options)", kCopiedBar, {x}, max_pool(overlapping)),
      EntryOfOp("average_pool", "AveragePool(x, options)", kLinearBar, {x}, average_pool({})),
      EntryOfOp("average_pool_overlapping", "AveragePool(x, options)", kLinearBar, {x}, average_pool(overlapping)),
      EntryOfOp("locally_connected", "LocallyConnected(x, w, b, options)", kCoupledBar,
                {{"x", {2, 3, 5, 6}}, {"w", {4, 3, 3, 3, 3, 3}}, {"b", {4, 3, 3}}},
                [](auto& v) { return LocallyConnected(v[0], v[1], v[2], {.stride = 2, .padding = 1}); }),
      EntryOfOp("blur_pool", "BlurPool(x, options)", kCoupledBar, {x}, [](auto& v) { return BlurPool(v[0]); }),
      EntryOfOp("group_norm", "GroupNorm(x, weight, bias, groups, epsilon)", kCoupledBar,
                {{"x", {2, 4, 3, 3}}, {"weight", {4}}, {"bias", {4}}},
                [](auto& v) { return GroupNorm(v[0], v[1], v[2], 2); }),
      EntryOfOp("drop_elements", "DropElements(x, rate, key)", kLinearBar, {x},
                [](auto& v) { return DropElements(v[0], 0.4f, 3); }),
      EntryOfOp("drop_maps", "DropMaps(x, rate, key)", kLinearBar, {x},
                [](auto& v) { return DropMaps(v[0], 0.4f, 3); }),
      EntryOfOp("average_pool_global", "AveragePool(x, options)", kLinearBar, {x}, average_pool({.kernel = kWholeMap})),
  };
}

std::vector<OpEntry> CnnLayers() {
  const Shape x = {2, 3, 4, 4};
  return {
      EntryOfLayer("batch_norm2d", "BatchNorm2d", kCoupledBar, x, MakerOf<BatchNorm2d>(3)),
      EntryOfLayer("residual_block", "ResidualBlock", kCoupledBar, x,
                   [](Random& r) {
                     return std::make_shared<ResidualBlock>(
                         ResidualBlockOptions{.inputs = 3, .outputs = 4, .stride = 2}, r);
                   }),
      EntryOfLayer("residual_block_padding", "ResidualBlock", kCoupledBar, x,
                   [](Random& r) {
                     return std::make_shared<ResidualBlock>(
                         ResidualBlockOptions{.inputs = 3, .outputs = 5, .stride = 2, .shortcut = Shortcut::kPadding},
                         r);
                   }),
      EntryOfLayer("conv2d", "Conv2d", kCoupledBar, x, [](Random& r) { return std::make_shared<Conv2d>(3, 4, 3, r); }),
      EntryOfLayer("locally_connected2d", "LocallyConnected2d", kCoupledBar, x,
                   [](Random& r) { return std::make_shared<LocallyConnected2d>(3, 2, 3, 4, r); }),
      EntryOfLayer("blur_pool2d", "BlurPool2d", kCoupledBar, x, MakerOf<BlurPool2d>()),
      EntryOfLayer(
          "fire", "Fire", kCoupledBar, x,
          [](Random& r) { return std::make_shared<Fire>(FireOptions{.inputs = 3, .squeeze = 2, .expand = 3}, r); }),
      EntryOfLayer("group_norm2d", "GroupNorm2d", kCoupledBar, {2, 4, 3, 3}, MakerOf<GroupNorm2d>(2, 4)),
      EntryOfLayer("layer_norm1d", "LayerNorm1d", kCoupledBar, {4, 6}, MakerOf<LayerNorm1d>(6)),
      EntryOfLayer("whitening2d", "Whitening2d", kCoupledBar, x,
                   [x](Random& r) { return std::make_shared<Whitening2d>(NormalInit(1)(x, r), 2, r); }),
      EntryOfLayer("dropout", "Dropout", kLinearBar, x, MakerOf<Dropout>(0.5f)),
      EntryOfLayer("dropout2d", "Dropout2d", kLinearBar, x, MakerOf<Dropout2d>(0.5f)),
      EntryOfLayer("max_pool2d", "MaxPool2d", kCopiedBar, x, MakerOf<MaxPool2d>()),
      EntryOfLayer("average_pool2d", "AveragePool2d", kLinearBar, x, MakerOf<AveragePool2d>()),
  };
}

namespace {

// A network as a function of x and its parameters, of each of which four elements are moved.
OpEntry Network(std::string name, std::string declaration, Shape x, Sequential (*make)(Random& random)) {
  const auto shared = [make](Random& random) { return std::make_shared<Sequential>(make(random)); };
  return EntryOfLayer(std::move(name), std::move(declaration), kNetworkBar, std::move(x), shared, 4);
}

}  // namespace

std::vector<OpEntry> CnnNetworks() {
  return {
      Network("resnet", "ResNet(random, options)", {2, 1, 8, 8},
              [](Random& r) {
                return ResNet(r, {.inputs = 1, .classes = 4, .widths = {4, 6}, .blocks = {1, 1}});
              }),
      Network("lenet5", "LeNet5(random, options)", {1, 1, 28, 28}, [](Random& r) { return LeNet5(r); }),
      Network("lenet5_classic", "LeNet5Classic(random, options, activation)", {1, 1, 28, 28},
              [](Random& r) { return LeNet5Classic(r, {}, Elementwise::kTanh); }),
      Network("two_conv_two_dense", "TwoConvTwoDense(random, options)", {1, 1, 28, 28},
              [](Random& r) { return TwoConvTwoDense(r, {.first = 2, .second = 3, .hidden = 8}); }),
      Network("three_conv_three_dense", "ThreeConvThreeDense(random, options)", {1, 1, 20, 20},
              [](Random& r) {
                return ThreeConvThreeDense(
                    r, {.channels = 1, .size = 20, .first = 2, .second = 3, .third = 2, .hidden = 8, .last = 6});
              }),
      Network("small_cnn", "SmallCnn(random, options)", {3, 2, 8, 8},
              [](Random& r) {
                return SmallCnn(r, {.channels = 2, .size = 8, .widths = {3, 4}});
              }),
      // Dropout between convolutions sees elements in memory order, which is another in f32 than in f64.
      Network("all_conv", "AllConv(random, options)", {1, 2, 10, 10},
              [](Random& r) { return AllConv(r, {.channels = 2, .first = 2, .second = 3, .dropout = 0}); }),
      Network("nielsen", "Nielsen(random, options)", {2, 1, 16, 16},
              [](Random& r) {
                return Nielsen(r, {.size = 16, .maps = {2, 3}, .hidden = {8}, .dropout = 0.5f});
              }),
      Network("vgg", "VggNet(random, options)", {3, 1, 8, 8},
              [](Random& r) {
                return VggNet(r, {.channels = 1, .size = 8, .classes = 5, .stages = {{3}, {4, 4}}, .hidden = {6}});
              }),
      Network("squeezenet", "SqueezeNet(random, options)", {1, 1, 25, 25},
              [](Random& r) {
                return SqueezeNet(
                    r, {.inputs = 1, .classes = 3, .version = SqueezeNetVersion::k1_1, .dropout = 0, .slimmer = 16});
              }),
      Network("fast_cifar", "FastCifar(images, random, options)", {6, 2, 8, 8},
              [](Random& r) {
                return FastCifar(NormalInit(1)({5, 2, 10, 10}, r), r, {.classes = 3, .widths = {4}});
              }),
  };
}
}  // namespace dl
