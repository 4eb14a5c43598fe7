#include "modules/cnn/batch_norm_scope.h"

#include "gtest/gtest.h"
#include "modules/cnn/resnet.h"

namespace dl {
namespace {

TEST(BatchNormScopeTest, EveryNormalisationIsFound) {
  Random random(1);
  Sequential net = ResNet(random, {.widths = {4, 8}, .blocks = {2, 1}});
  // The stem's; two in each of three blocks; the projection's.
  EXPECT_EQ(BatchNormsOf(net).size(), 1u + 2 * 3 + 1);
  BatchNorm2d alone(3);
  EXPECT_EQ(BatchNormsOf(alone), std::vector<BatchNorm2d*>{&alone});
}

TEST(BatchNormScopeTest, ModesComeBack) {
  BatchNorm2d first(2), second(2);
  second.set_mode({.batch_statistics = When::kNever, .gather = When::kNever});
  Sequential net(std::move(first), std::move(second));
  const std::vector<BatchNorm2d*> norms = BatchNormsOf(net);
  {
    BatchNormScope scope(net, {.batch_statistics = When::kAlways, .momentum = 0.5});
    for (const BatchNorm2d* norm : norms) EXPECT_EQ(norm->mode().batch_statistics, When::kAlways);
    scope.SetMode({.gather = When::kAlways});
    EXPECT_EQ(norms[1]->mode().gather, When::kAlways);
    EXPECT_EQ(norms[1]->mode().batch_statistics, When::kInTraining);
  }
  EXPECT_EQ(norms[0]->mode().batch_statistics, When::kInTraining);
  EXPECT_FALSE(norms[0]->mode().momentum.has_value());
  EXPECT_EQ(norms[1]->mode().batch_statistics, When::kNever);
  EXPECT_EQ(norms[1]->mode().gather, When::kNever);
}

}  // namespace
}  // namespace dl
