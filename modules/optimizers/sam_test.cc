#include "modules/optimizers/sam.h"

#include <cmath>

#include "gtest/gtest.h"

namespace dl {
namespace {

Tensor Value(double v) { return Tensor::Full({1}, v, DType::kF64); }

// f = ½ (x² + 9 y²) at (4, 1): g = (4, 9), ||g|| = √97; the gradient at p + ρ g / ||g||, by hand.
TEST(SamTest, DescendsByTheGradientAtTheWorstPlaceNearby) {
  const Variable x = Value(4), y = Value(1);
  const auto sam = SharpnessAware(0.1, Sgd({x, y}, {.rate = Constant(0.5)}));
  int asked = 0;
  sam->StepWith([&] {
    ++asked;
    return std::vector<Tensor>{Value(x.value().item()), Value(9 * y.value().item())};
  });
  EXPECT_EQ(asked, 2);
  EXPECT_EQ(sam->step(), 1);
  EXPECT_DOUBLE_EQ(x.value().item(), 4 - 0.5 * (4 + 0.1 * 4 / std::sqrt(97)));
  EXPECT_DOUBLE_EQ(y.value().item(), 1 - 0.5 * 9 * (1 + 0.1 * 9 / std::sqrt(97)));
}

TEST(SamTest, RestsWhereTheGradientIsZero) {
  const Variable x = Value(4);
  const auto sam = SharpnessAware(0.1, Sgd({x}, {}));
  sam->StepWith([] { return std::vector<Tensor>{Value(0)}; });
  EXPECT_EQ(x.value().item(), 4);
}

TEST(SamDeathTest, CannotLookNearbyWithOneGradient) {
  const auto sam = SharpnessAware(0.1, Sgd({Value(4)}, {}));
  EXPECT_DEATH(sam->Step({Value(1)}), "call StepWith");
  EXPECT_DEATH(SharpnessAware(0, Sgd({}, {})), "must be positive");
}

}  // namespace
}  // namespace dl
