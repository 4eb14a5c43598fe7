#include "modules/cnn/experiments/sharing_net.h"

#include "gtest/gtest.h"
#include "modules/cnn/summary.h"

namespace dl {
namespace {

LayerSummary Total(const SharingNetOptions& options) {
  Random random(1);
  Sequential net = SharingNet(random, options);
  return Summary(net, options.image).total;
}

TEST(SharingNetTest, WeightsOfTheirOwnCostParametersButNoWork) {
  const LayerSummary shared = Total({.kind = "convolution", .width = 4});
  const LayerSummary local = Total({.kind = "local", .width = 4});
  const int64_t head = 8 * 16 * 10 + 10;
  EXPECT_EQ(shared.parameters, 4 * (27 + 1) + 8 * (36 + 1) + head);
  EXPECT_EQ(local.parameters, 64 * 4 * (27 + 1) + 16 * 8 * (36 + 1) + head);
  EXPECT_EQ(shared.multiply_adds, local.multiply_adds);
  EXPECT_EQ(shared.output, (Shape{10}));
}

TEST(SharingNetTest, ADenseNetworkOfEqualWidthHasAsManyUnits) {
  const int64_t width = DenseWidth(4, 16);
  EXPECT_EQ(width, 4 * 8 * 8);
  EXPECT_EQ(width / 2, 8 * 4 * 4);  // those of the second layer
  EXPECT_EQ(Total({.kind = "dense", .width = width}).parameters, 256 * (768 + 1) + 128 * (256 + 1) + 10 * (128 + 1));
}

TEST(SharingNetTest, TheWidthOfAsManyParametersIsTheClosest) {
  for (const std::string& kind : SharingNames()) {
    for (int64_t width : {2, 6, 8}) {
      const int64_t parameters = Total({.kind = kind, .width = width}).parameters;
      EXPECT_EQ(WidthOfParameters({.kind = kind}, parameters), width) << kind;
      EXPECT_EQ(WidthOfParameters({.kind = kind}, parameters + 20), width) << kind;
      EXPECT_EQ(WidthOfParameters({.kind = kind}, parameters - 20), width) << kind;
    }
  }
}

TEST(SharingNetDeathTest, ImpossibleNetworksStopTheProgram) {
  Random random(1);
  EXPECT_DEATH(SharingNet(random, {.kind = "shared"}), "kind 'shared'");
  EXPECT_DEATH(SharingNet(random, {.image = {1, 14, 14}}), "the side must be a multiple of 4");
  EXPECT_DEATH(SharingNet(random, {.kind = "dense", .width = 3}), "a dense width of 3 has no half");
}

}  // namespace
}  // namespace dl
