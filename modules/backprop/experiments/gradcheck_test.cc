#include "modules/backprop/experiments/gradcheck.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "modules/primitives/binary.h"
#include "modules/primitives/elementwise.h"
#include "modules/training/testing.h"

namespace dl {
namespace {

using ::testing::HasSubstr;

absl::StatusOr<ExperimentResult> RunWith(GradCheck experiment, const std::vector<std::string>& arguments) {
  return testing::RunExperiment(experiment, arguments);
}

TEST(GradCheckTest, OneRowAnInputPrecisionAndStepAndOneSummaryAnOp) {
  const auto result =
      RunWith(GradCheck(), {"--ops=affine,softmax", "--steps_f64=1e-3,1e-5,1e-7", "--steps_f32=1e-1,1e-2"});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->metrics.rows().size(), (3u + 1u) * (3u + 2u));
  ASSERT_EQ(result->summary.rows().size(), 2u);
  EXPECT_EQ(result->summary.rows()[0].front(), "affine");
  EXPECT_EQ(result->summary.rows()[0].back(), "ok");
}

// exp with a gradient that is `factor` too large in one type.
std::vector<OpEntry> Faulty(DType where, double factor) {
  return {{"exp", "", "backprop", "op", 1e-9, 0, [=](DType dtype) {
             const Variable x = Tensor::Full({4}, 0.5, dtype);
             const auto f = [=] {
               return Record("exp", Apply(Elementwise::kExp, x.value()), {{x, [=](const Tensor& y, const Tensor& dy) {
                                return Multiply(Multiply(dy, y), Tensor::Scalar(dtype == where ? factor : 1, dtype));
                              }}});
             };
             return OpCase{f, {{"x", x}}};
           }}};
}

TEST(GradCheckTest, AWrongGradientFailsInEitherPrecision) {
  EXPECT_TRUE(RunWith(GradCheck(Faulty(DType::kF64, 1)), {}).ok());
  const absl::Status wrong = RunWith(GradCheck(Faulty(DType::kF64, 1.0001)), {}).status();
  EXPECT_EQ(wrong.code(), absl::StatusCode::kInternal);
  EXPECT_THAT(std::string(wrong.message()), HasSubstr("the gradient of exp is wrong (x: error 0.0001, bar 1e-09, "));
  const absl::Status single = RunWith(GradCheck(Faulty(DType::kF32, 1.0001)), {}).status();
  EXPECT_EQ(single.code(), absl::StatusCode::kInternal);
  EXPECT_THAT(std::string(single.message()), HasSubstr("the gradient of exp is wrong (f32 is 0.0001 away from f64, "));
}

TEST(GradCheckTest, ImpossibleFlagsAreRefused) {
  const auto expect = [](const std::string& flag, const std::string& message) {
    const absl::Status status = RunWith(GradCheck(), {flag}).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << flag;
    EXPECT_THAT(std::string(status.message()), HasSubstr(message)) << flag;
  };
  expect("--ops=sofmax", "unknown op 'sofmax'; did you mean 'softmax'?; valid: add, ");
  expect("--step=0", "flag --step wants a positive number, not 0");
  expect("--step=1", "flag --step wants a number below 1, not 1");
  expect("--steps_f64=0.1,0", "flag --steps_f64 wants positive numbers, not 0");
  expect("--steps_f64=2", "flag --steps_f64 wants numbers below 1, not 2");
  expect("--steps_f32=nan", "flag --steps_f32 wants finite numbers, not nan");
  expect("--steps_f32=2", "flag --steps_f32 wants numbers below 1, not 2");
}

}  // namespace
}  // namespace dl
