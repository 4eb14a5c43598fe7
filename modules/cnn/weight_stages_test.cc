#include "modules/cnn/weight_stages.h"

#include "gtest/gtest.h"
#include "modules/cnn/small_cnn.h"

namespace dl {
namespace {

Sequential Net(uint64_t seed) {
  Random random(seed);
  return SmallCnn(random, {.size = 4, .widths = {2, 3}});
}

TEST(WeightStagesTest, AStageIsALayerWithWeightsAndWhatFollows) {
  const std::vector<WeightStage> stages = WeightStages(Net(1));
  ASSERT_EQ(stages.size(), 5u);  // 0 conv, 1 norm, 2 conv, 3 norm, 4 pool, 5 conv, ..., 9 pool, 10 dense
  const char* names[] = {"conv1", "conv2", "conv3", "conv4", "dense1"};
  const size_t firsts[] = {0, 2, 5, 7, 10, 11};
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(stages[i].name, names[i]);
    EXPECT_EQ(stages[i].first, firsts[i]);
    EXPECT_EQ(stages[i].end, firsts[i + 1]);
  }
}

TEST(WeightStagesTest, CopiesParametersAndBuffersOfTheStageAndNothingElse) {
  Sequential from = Net(1), to = Net(2);
  for (const Sequential* net : {&from}) {
    for (Parameter& buffer : net->Buffers()) buffer.variable.mutable_value() = Tensor::Full(buffer.variable.shape(), 7);
  }
  CopyStage(WeightStages(to)[1], from, to);
  const auto equal = [&](size_t layer) {
    const auto a = from.layers()[layer]->Parameters(), b = to.layers()[layer]->Parameters();
    return a[0].variable.value().values() == b[0].variable.value().values();
  };
  EXPECT_FALSE(equal(0));
  EXPECT_TRUE(equal(2));
  EXPECT_FALSE(equal(5));
  EXPECT_EQ(to.layers()[3]->Buffers()[0].variable.value().data()[0], 7);
  EXPECT_EQ(to.layers()[1]->Buffers()[0].variable.value().data()[0], 0);
}

}  // namespace
}  // namespace dl
