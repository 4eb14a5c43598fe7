#include "modules/cnn/experiments/known_fields.h"

#include "modules/base/check.h"
#include "modules/cnn/lenet.h"
#include "modules/cnn/resnet.h"
#include "modules/cnn/small_cnn.h"
#include "modules/cnn/summary.h"
#include "modules/cnn/three_conv_three_dense.h"
#include "modules/cnn/window_tables.h"

namespace dl {
namespace {

// The tables of google-research/receptive_field, whose networks are TF-slim's.
constexpr char kSource[] = "Araujo et al. 2019";

void AddRow(const std::string& network, const ReceptiveField& field, const Cell& published, const Cell& source,
            Table& table) {
  table.AddRow({network, field.size, field.stride, published, source});
}

}  // namespace

ReceptiveField FieldOfLastMap(Layer& model, const Shape& image) {
  const ModelSummary summary = Summary(model, image);
  const LayerSummary* last = nullptr;
  for (const LayerSummary& layer : summary.layers) {
    if (layer.field.has_value() && layer.output.size() == 3 && layer.output[1] > 1) last = &layer;
  }
  DL_CHECK(last != nullptr) << "FieldOfLastMap: the network makes no map";
  return *last->field;
}

Table KnownFields() {
  Table table({"network", "field", "stride", "published", "source"});
  Random random(1);
  Sequential lenet = LeNet5(random), small = SmallCnn(random), deepobs = ThreeConvThreeDense(random);
  AddRow("LeNet-5", FieldOfLastMap(lenet, {1, 28, 28}), "", "", table);
  AddRow("small CNN", FieldOfLastMap(small, {3, 32, 32}), "", "", table);
  AddRow("DeepOBS 3c3d", FieldOfLastMap(deepobs, {3, 32, 32}), "", "", table);
  for (const int64_t depth : {20, 56}) {
    Sequential resnet = ResNet(random, CifarResNet(depth));
    AddRow(absl::StrCat("CIFAR ResNet-", depth), FieldOfLastMap(resnet, {3, 32, 32}), "", "", table);
  }
  AddRow("AlexNet v2", Through(AlexNetV2Windows().windows), 195, kSource, table);
  AddRow("VGG-16", Through(VggWindows(16).windows), 212, kSource, table);
  AddRow("ResNet-50, torchvision's", Through(ResNet50Windows().windows), "", "", table);
  AddRow("ResNet-50, TF-slim's", Through(ResNet50StrideLastWindows().windows), 483, kSource, table);
  return table;
}

}  // namespace dl
