#include "modules/transfer/logits.h"

#include "gtest/gtest.h"
#include "modules/backprop/linear.h"
#include "modules/primitives/concat.h"
#include "modules/primitives/testing.h"

namespace dl {
namespace {

// Notes how many examples come at a time.
class Counting : public Layer {
 public:
  Variable Forward(const Variable& x, const Pass& pass) override {
    EXPECT_FALSE(pass.training);
    batches.push_back(x.shape()[0]);
    return linear_.Forward(x, pass);
  }
  std::vector<int64_t> batches;

 private:
  Random random_{1};
  Linear linear_{3 * 224 * 224, 2, random_};
};

TEST(LogitsTest, ComeInOrderWhateverIsComputedAtOnce) {
  Counting model;
  const Tensor x = testing::RandomTensor({19, 3, 224, 224}, 1);
  const auto logits = LogitsOf(model, x);
  ASSERT_TRUE(logits.ok());
  EXPECT_EQ(model.batches, (std::vector<int64_t>{8, 8, 3}));
  ASSERT_EQ(logits->shape(), (Shape{19, 2}));
  const std::vector<Tensor> parts = Split(x, {18, 1}, 0);
  const auto last = LogitsOf(model, parts[1]);
  EXPECT_NEAR(logits->data()[36], last->data()[0], 1e-5);
  EXPECT_NEAR(logits->data()[37], last->data()[1], 1e-5);
}

TEST(LogitsDeathTest, ThereMustBeImages) {
  Counting model;
  EXPECT_DEATH((void)LogitsOf(model, Tensor::Zeros({0, 3, 4, 4})), "inputs are \\[0, 3, 4, 4\\]");
}

}  // namespace
}  // namespace dl
