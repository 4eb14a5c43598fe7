#include "modules/backprop/lsuv.h"

#include <cmath>

#include "gtest/gtest.h"
#include "modules/backprop/initializers.h"
#include "modules/backprop/linear.h"
#include "modules/backprop/mlp.h"
#include "modules/primitives/binary.h"
#include "modules/primitives/moments.h"

namespace dl {
namespace {

Tensor Inputs(const Shape& shape, float deviation) {
  Random random(9);
  return NormalInit(deviation)(shape, random);
}

TEST(LsuvTest, EveryLayerHasVarianceOneWhateverTheActivation) {
  for (const Elementwise f : {Elementwise::kReLU, Elementwise::kTanh, Elementwise::kSigmoid, Elementwise::kGELU}) {
    Random random(1);
    Sequential mlp = Mlp({20, 32, 32, 32, 5}, f, random, NormalInit(3.0f));
    const Tensor x = Inputs({64, 20}, 7.0f);
    EXPECT_TRUE(Lsuv(mlp, x, random, {.tolerance = 1e-4}));
    const std::vector<Variable> outputs = mlp.Outputs(x, {});
    for (size_t i = 0; i < outputs.size(); i += 2) {
      EXPECT_NEAR(MomentsOf(outputs[i].value()).variance, 1, 1e-4) << ToString(f) << " layer " << i;
    }
  }
}

TEST(LsuvTest, WeightsAreOrthogonalAndOfTheGivenSeed) {
  Random random(1), other(5), same(5);
  Sequential mlp = Mlp({6, 4}, Elementwise::kReLU, random);
  Lsuv(mlp, Inputs({10, 6}, 1), other);
  const Tensor w = mlp.Parameters()[0].variable.value(), q = OrthogonalInit()({4, 6}, same);
  const float scale = w.data()[0] / q.data()[0];
  for (int i = 0; i < 24; ++i) EXPECT_NEAR(w.data()[i], scale * q.data()[i], 1e-6);
}

TEST(LsuvTest, ADeadLayerIsToldAndStaysFinite) {
  Random random(1);
  Sequential mlp = Mlp({6, 4, 3}, Elementwise::kReLU, random);
  EXPECT_FALSE(Lsuv(mlp, Tensor::Zeros({10, 6}), random));
  EXPECT_TRUE(std::isfinite(RootMeanSquare(mlp.Parameters()[2].variable.value())));
}

TEST(LsuvTest, TheToleranceIsKept) {
  Random random(1);
  Sequential mlp = Mlp({6, 6}, Elementwise::kReLU, random);
  const Tensor x = Inputs({100, 6}, 1.02f);  // an orthogonal map keeps its variance, about 1.04
  EXPECT_TRUE(Lsuv(mlp, x, random, {.tolerance = 0.3}));
  EXPECT_NEAR(EuclideanNorm(mlp.Parameters()[0].variable.value()), std::sqrt(6.0), 1e-5);
  EXPECT_FALSE(Lsuv(mlp, Scale(x, 3), random, {.tolerance = 0.3, .most_tries = 0}));
}

TEST(LsuvDeathTest, WantsOneWeightALayer) {
  Random random(1);
  Sequential nested;
  nested.Append(std::make_unique<Sequential>(Mlp({6, 4, 3}, Elementwise::kReLU, random)));
  EXPECT_DEATH(Lsuv(nested, Tensor::Zeros({10, 6}), random), "the second is '2.weight'");
}

}  // namespace
}  // namespace dl
