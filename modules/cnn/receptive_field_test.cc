#include "modules/cnn/receptive_field.h"

#include "gtest/gtest.h"
#include "modules/cnn/lenet.h"
#include "modules/cnn/resnet.h"
#include "modules/primitives/reorder.h"

namespace dl {
namespace {

TEST(ReceptiveFieldTest, WindowsInARow) {
  EXPECT_EQ(Through(std::vector<Window>{}), (ReceptiveField{1, 1, 0}));
  EXPECT_EQ(Through({{.kernel = 3, .padding = 1}, {.kernel = 3, .padding = 1}}), (ReceptiveField{5, 1, -2}));
  EXPECT_EQ(Through({{.kernel = 2, .stride = 2}, {.kernel = 3, .padding = 1}}), (ReceptiveField{6, 2, -2}));
  EXPECT_EQ(Through({{.kernel = 3, .padding = 2, .dilation = 2}}), (ReceptiveField{5, 1, -2}));
}

TEST(ReceptiveFieldTest, TheUnionHoldsBoth) {
  EXPECT_EQ(Union({5, 2, -2}, {1, 2, 0}), (ReceptiveField{5, 2, -2}));
  EXPECT_EQ(Union({3, 1, -4}, {3, 1, 2}), (ReceptiveField{9, 1, -4}));
}

// The field of the output of each layer, by its path.
absl::flat_hash_map<std::string, std::optional<ReceptiveField>> FieldsOf(Layer& model, const Variable& x) {
  struct Observer : LayerObserver {
    explicit Observer(const Variable& x) : fields(x) {}
    void AfterForward(const std::string& name, const Layer& layer, const Variable& x, const Variable& y) override {
      fields.AfterForward(layer, x, y);
      seen[name] = fields.Of(y);
    }
    ReceptiveFields fields;
    absl::flat_hash_map<std::string, std::optional<ReceptiveField>> seen;
  } observer(x);
  model.Forward(x, {.observer = &observer});
  return observer.seen;
}

TEST(ReceptiveFieldTest, LeNet) {
  Random random(1);
  Sequential lenet = LeNet5(random);
  auto fields = FieldsOf(lenet, Tensor::Zeros({1, 1, 28, 28}));
  EXPECT_EQ(fields["0"], (ReceptiveField{5, 1, -2}));
  EXPECT_EQ(fields["5"], (ReceptiveField{16, 4, -2}));  // d2l's body
  EXPECT_EQ(fields["6"], std::nullopt);                 // a dense layer's outputs are no map
}

// He et al.'s network for CIFAR-10 sees 81 pixels before its mean, whatever leads around its blocks.
TEST(ReceptiveFieldTest, ResNet20SeesThroughItsLongestPath) {
  Random random(1);
  for (const Shortcut shortcut : {Shortcut::kPadding, Shortcut::kProjection, Shortcut::kNone}) {
    Sequential net = ResNet(random, CifarResNet(20, shortcut));
    auto fields = FieldsOf(net, Tensor::Zeros({1, 3, 32, 32}));
    EXPECT_EQ(fields["layer3"]->size, 81);
    EXPECT_EQ(fields["layer3"]->stride, 4);
    EXPECT_EQ(fields["layer1.0"]->size, 7);
    EXPECT_EQ(fields["avgpool"]->size, 81 + 7 * 4);
  }
}

// Moving one pixel moves the units of whose field it is part, and no others.
TEST(ReceptiveFieldTest, IsWhatAUnitReallySees) {
  Random random(1);
  Sequential net = ResNet(random, {.inputs = 1, .widths = {3, 4}, .blocks = {1, 1}});
  const auto map = [&](const Tensor& x) { return net.Outputs(x, {})[3].value(); };
  const ReceptiveField field = *FieldsOf(net, Tensor::Zeros({1, 1, 24, 24}))["layer2"];
  const auto at = [](const Tensor& y, int64_t i, int64_t j) {
    const Tensor plain = ToPlain(y);
    double sum = 0;
    for (int64_t c = 0; c < y.dim(1); ++c) sum += plain.data()[(c * y.dim(2) + i) * y.dim(3) + j];
    return sum;
  };
  const Tensor base = map(Tensor::Zeros({1, 1, 24, 24}));
  const int64_t first = field.start + 5 * field.stride, last = first + field.size - 1;  // of unit 5, 5
  for (int64_t pixel = 0; pixel < 24; ++pixel) {
    bool moved = false;
    for (float value : {100.0f, -100.0f}) {
      Tensor x = Tensor::Zeros({1, 1, 24, 24});
      for (int64_t row = 0; row < 24; ++row) x.mutable_data()[row * 24 + pixel] = value;
      moved |= at(map(x), 5, 5) != at(base, 5, 5);
    }
    EXPECT_EQ(moved, pixel >= first && pixel <= last) << pixel;
  }
}

}  // namespace
}  // namespace dl
