#include "modules/backprop/counted.h"

#include "gtest/gtest.h"

namespace dl {
namespace {

TEST(CountedTest, ComputesAndCounts) {
  Counted::ResetCount();
  Counted a(3);
  const Counted b(4);
  EXPECT_EQ(sqrt(a * a + b * b).value(), 5);
  EXPECT_EQ(Counted::count().multiplications, 2);
  EXPECT_EQ(Counted::count().additions, 1);
  EXPECT_EQ(Counted::count().roots, 1);
  a += b;  // 7
  a -= b;  // 3
  a *= b;  // 12
  a /= b;  // 3
  EXPECT_EQ((-a - b).value(), -7);
  EXPECT_EQ((a / b).value(), 0.75);
  EXPECT_EQ(Counted::count().multiplications, 2 + 3);
  EXPECT_EQ(Counted::count().additions, 1 + 4);
  EXPECT_EQ(Counted::count().total(), 11);
  Counted::ResetCount();
  EXPECT_EQ(Counted::count().total(), 0);
}

}  // namespace
}  // namespace dl
