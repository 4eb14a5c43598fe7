#include "modules/transfer/top_classes.h"

#include <cmath>

#include "gtest/gtest.h"

namespace dl {
namespace {

using Classes = std::vector<int64_t>;

TEST(TopClassesTest, TheLargestComeFirstAndOfEqualsTheFirst) {
  const std::vector<float> scores = {1, 5, -2, 5, 3};
  EXPECT_EQ(TopClasses(scores, 3), (Classes{1, 3, 4}));
  EXPECT_EQ(TopClasses(scores, 9), (Classes{1, 3, 4, 0, 2}));
  EXPECT_EQ(TopClasses({}, 5), Classes{});
}

TEST(TopClassesTest, NoNumberComesLast) { EXPECT_EQ(TopClasses({NAN, -3, 2, NAN}, 3), (Classes{2, 1, 0})); }

}  // namespace
}  // namespace dl
