#include "modules/cnn/locally_connected2d.h"

#include <cmath>

#include "gtest/gtest.h"
#include "modules/cnn/summary.h"

namespace dl {
namespace {

TEST(LocallyConnected2dTest, HasWeightsOfItsOwnAtEveryPlace) {
  Random random(1);
  LocallyConnected2d layer(3, 4, 5, 14, random, {.padding = 2});
  EXPECT_EQ(ParameterCount(layer), (3 * 25 + 1) * 4 * 14 * 14);
  EXPECT_EQ(layer.Forward(Tensor::Zeros({2, 3, 14, 14}), {}).shape(), (Shape{2, 4, 14, 14}));
  // Kaiming's variance by the fan-in of a unit.
  double sum = 0;
  const Tensor weight = layer.Parameters()[0].variable.value();
  for (float w : weight.values()) sum += std::pow(w, 2);
  EXPECT_NEAR(sum / static_cast<double>(weight.size()), 2.0 / 75, 0.001);
}

TEST(LocallyConnected2dTest, WorksAsMuchAsAConvolution) {
  Random random(1);
  LocallyConnected2d layer(3, 4, 3, 8, random, {.stride = 2, .padding = 1});
  const ModelSummary summary = Summary(layer, {3, 8, 8});
  EXPECT_EQ(summary.total.multiply_adds, 4 * 4 * 4 * 27);
  EXPECT_EQ(summary.total.field, (ReceptiveField{3, 2, -1}));
}

TEST(LocallyConnected2dDeathTest, TheKernelMustFit) {
  Random random(1);
  EXPECT_DEATH(LocallyConnected2d(1, 1, 5, 4, random), "a kernel of 5 on images of side 4");
}

}  // namespace
}  // namespace dl
