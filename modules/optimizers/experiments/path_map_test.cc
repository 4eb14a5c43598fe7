#include "modules/optimizers/experiments/path_map.h"

#include <cmath>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace dl {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(PathMapTest, StepsTooSmallToSeeAreLeftOut) {
  const Window window = {0, 300, 0, 30};  // 1 along x is seen from, and 0.1 along y
  Walk walk;
  walk.points = {{0, 0}, {0.9, 0}, {1.1, 0}, {1.2, 0.05}, {1.2, 0.11}, {1.3, 0.11}};
  walk.values.assign(6, 0);
  EXPECT_THAT(VisibleSteps(window, walk, 5), ElementsAre(0, 2, 4, 5));
  EXPECT_THAT(VisibleSteps(window, walk, 1), ElementsAre(0, 1));
  EXPECT_THAT(VisibleSteps(window, walk, 0), ElementsAre(0));
  walk.points[1].x = std::nan("");
  EXPECT_THAT(VisibleSteps(window, walk, 2), ElementsAre(0, 1, 2));
}

TEST(PathMapTest, AWalkThatLeapsAboutIsCut) {
  Walk walk;
  for (int t = 0; t <= 2000; ++t) walk.points.push_back({static_cast<double>(t % 2), 0});
  walk.values.assign(2001, 0);
  const std::vector<int64_t> visible = VisibleSteps({0, 1, 0, 1}, walk, 2000);
  ASSERT_EQ(visible.size(), 501u);
  EXPECT_EQ(visible[499], 499);
  EXPECT_EQ(visible[500], 2000);
}

TEST(PathMapTest, APanelIsALatticeItsMinimaAndItsPaths) {
  PathMap map;
  const Surface bowl = Valley(1);  // over [-5, 5] x [-2.5, 2.5]
  map.AddPanel("first", bowl, 2);
  map.AddPanel("second", bowl, 3);
  Walk walk;
  walk.points = {{-4, 0}, {-2, 0}, {0, 0}};
  walk.values = {8, 2, 0};
  map.AddPath("sgd", walk, 1);
  const std::string csv = map.ToCsv();
  EXPECT_THAT(csv, HasSubstr("kind,panel,title,walker,step,x,y,above_minimum\n"
                             "grid,0,first,,,-5,-2.5,15.625\n"
                             "grid,0,first,,,5,-2.5,15.625\n"
                             "grid,0,first,,,-5,2.5,15.625\n"
                             "grid,0,first,,,5,2.5,15.625\n"
                             "minimum,0,first,,,0,0,0\n"
                             "grid,1,second,,,-5,-2.5,15.625\n"
                             "grid,1,second,,,0,-2.5,3.125\n"));
  EXPECT_THAT(csv, HasSubstr("minimum,1,second,,,0,0,0\n"
                             "path,1,second,sgd,0,-4,0,8\n"
                             "path,1,second,sgd,1,-2,0,2\n"));
  EXPECT_EQ(csv.find("path,1,second,sgd,2"), std::string::npos);
}

}  // namespace
}  // namespace dl
