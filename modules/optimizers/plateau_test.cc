#include "modules/optimizers/plateau.h"

#include "gtest/gtest.h"

namespace dl {
namespace {

TEST(PlateauTest, FallsWhenPatienceIsAtAnEnd) {
  ReduceOnPlateau plateau({.rate = 1, .factor = 0.5, .patience = 2});
  const Schedule rate = plateau.schedule();
  for (double loss : {3.0, 2.0, 2.0, 2.5}) plateau.Observe(loss);
  EXPECT_EQ(rate(100), 1);  // two bad looks are borne
  plateau.Observe(2.0);
  EXPECT_EQ(rate(0), 0.5);
}

TEST(PlateauTest, ATinyImprovementIsNone) {
  ReduceOnPlateau plateau({.rate = 1, .factor = 0.5, .patience = 0, .threshold = 0.1});
  plateau.Observe(1.0);
  plateau.Observe(0.95);
  EXPECT_EQ(plateau.rate(), 0.5);
  plateau.Observe(0.89);
  EXPECT_EQ(plateau.rate(), 0.5);
}

TEST(PlateauTest, RestsWhileItCoolsAndStopsAtTheFloor) {
  ReduceOnPlateau plateau({.rate = 1, .factor = 0.5, .patience = 0, .cooldown = 2, .floor = 0.4});
  for (int i = 0; i < 2; ++i) plateau.Observe(1);
  EXPECT_EQ(plateau.rate(), 0.5);
  for (int i = 0; i < 2; ++i) plateau.Observe(1);
  EXPECT_EQ(plateau.rate(), 0.5);
  plateau.Observe(1);
  EXPECT_EQ(plateau.rate(), 0.4);
}

TEST(PlateauTest, ALossThatIsNoNumberIsBad) {
  ReduceOnPlateau plateau({.rate = 1, .factor = 0.5, .patience = 0});
  plateau.Observe(1);
  plateau.Observe(std::numeric_limits<double>::quiet_NaN());
  EXPECT_EQ(plateau.rate(), 0.5);
}

TEST(PlateauDeathTest, ImpossibleOptionsAreMistakes) { EXPECT_DEATH(ReduceOnPlateau({.factor = 1}), "factor 1"); }

}  // namespace
}  // namespace dl
