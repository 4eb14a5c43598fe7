#include "modules/training/step_time.h"

#include <chrono>
#include <thread>

#include "gtest/gtest.h"
#include "modules/backprop/linear.h"

namespace dl {
namespace {

// A linear layer that takes a known time more than it needs: the first pass 300 ms, the others 20 ms.
class Slow : public Layer {
 public:
  explicit Slow(Random& random) : linear_(4, 3, random) {}
  Variable Forward(const Variable& x, const Pass& pass) override {
    std::this_thread::sleep_for(std::chrono::milliseconds(passes_++ == 0 ? 300 : 20));
    batch_ = x.shape()[0];
    return linear_.Forward(x, pass);
  }
  std::vector<Parameter> Parameters() const override { return linear_.Parameters(); }
  int64_t passes_ = 0, batch_ = 0;

 private:
  Linear linear_;
};

TEST(StepTimeTest, LeavesTheFirstStepOut) {
  Random random(1);
  Slow slow(random);
  const double seconds = SecondsPerStep(slow, {4}, {.classes = 3, .batch_size = 7, .seconds = 0.1});
  EXPECT_GE(seconds, 0.02);
  EXPECT_LT(seconds, 0.2);
  EXPECT_GE(slow.passes_, 3);
  EXPECT_EQ(slow.batch_, 7);
}

TEST(StepTimeTest, AnEpochIsItsFullBatches) {
  Random random(1);
  Slow slow(random);
  const double seconds = SecondsPerEpoch(slow, {4}, 27, {.classes = 3, .batch_size = 5, .seconds = 0});
  EXPECT_GE(seconds, 5 * 0.02);
  EXPECT_LT(seconds, 5 * 0.2);
}

TEST(StepTimeTest, ParametersStayAsTheyAre) {
  Random random(1);
  Linear linear(4, 3, random);
  const Tensor before = linear.Parameters()[0].variable.value();
  SecondsPerStep(linear, {4}, {.classes = 3, .seconds = 0});
  const Tensor after = linear.Parameters()[0].variable.value();
  for (int i = 0; i < 12; ++i) EXPECT_EQ(after.data()[i], before.data()[i]);
}

}  // namespace
}  // namespace dl
