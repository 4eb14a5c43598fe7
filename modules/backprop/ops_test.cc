#include "modules/backprop/ops.h"

#include <functional>

#include "gtest/gtest.h"
#include "modules/backprop/gradients.h"
#include "modules/primitives/reference/binary.h"
#include "modules/primitives/reference/elementwise.h"
#include "modules/primitives/reference/matmul.h"
#include "modules/primitives/reference/reduction.h"
#include "modules/primitives/reference/softmax.h"
#include "modules/primitives/testing.h"

namespace dl {
namespace {

using Array = reference::Array<double>;

// An operation of the graph, its twin in double, and the shapes of its inputs.
struct OpCase {
  std::string name;
  std::function<Variable(const std::vector<Variable>&)> op;
  std::function<Array(const std::vector<Array>&)> twin;
  std::vector<Shape> inputs;
};

Array ApplyTwin(Elementwise f, Array x) {
  for (double& value : x.values) value = reference::Apply(f, value);
  return x;
}

Array Reshaped(Array x, Shape shape) { return Array(std::move(shape), std::move(x.values)); }

std::vector<OpCase> Cases() {
  std::vector<OpCase> cases;
  for (Binary op : {Binary::kAdd, Binary::kSubtract, Binary::kMultiply, Binary::kDivide, Binary::kMaximum}) {
    cases.push_back({ToString(op), [op](const auto& v) { return Apply(op, v[0], v[1]); },
                     [op](const auto& v) { return reference::Apply(op, v[0], v[1]); }, {{4, 5}, {1, 5}}});
  }
  for (Elementwise f : AllElementwise()) {
    if (f == Elementwise::kSqrt) continue;  // not of negative numbers; elementwise_test has it
    cases.push_back({ToString(f), [f](const auto& v) { return Apply(f, v[0]); },
                     [f](const auto& v) { return ApplyTwin(f, v[0]); }, {{4, 5}}});
  }
  for (bool ta : {false, true}) {
    for (bool tb : {false, true}) {
      const Transposed t{ta, tb};
      cases.push_back({std::string("matmul") + (ta ? "_ta" : "") + (tb ? "_tb" : ""),
                       [t](const auto& v) { return MatMul(v[0], v[1], t); },
                       [t](const auto& v) { return reference::MatMul(v[0], v[1], t); },
                       {ta ? Shape{3, 4} : Shape{4, 3}, tb ? Shape{5, 3} : Shape{3, 5}}});
    }
  }
  cases.push_back({"affine", [](const auto& v) { return Affine(v[0], v[1], v[2]); },
                   [](const auto& v) { return reference::Affine(v[0], v[1], v[2]); }, {{4, 3}, {5, 3}, {5}}});
  for (Reduction f : {Reduction::kSum, Reduction::kMean, Reduction::kMax}) {
    cases.push_back({std::string("reduce_") + ToString(f), [f](const auto& v) { return Reduce(f, v[0], {1}, true); },
                     [f](const auto& v) { return reference::Reduce(f, v[0], {1}); }, {{4, 5, 2}}});
  }
  cases.push_back({"sum", [](const auto& v) { return Reshape(Sum(v[0]), {1, 1}); },
                   [](const auto& v) { return reference::Reduce(Reduction::kSum, v[0], {0, 1}); }, {{4, 5}}});
  cases.push_back({"mean", [](const auto& v) { return Reshape(Mean(v[0]), {1, 1}); },
                   [](const auto& v) { return reference::Reduce(Reduction::kMean, v[0], {0, 1}); }, {{4, 5}}});
  cases.push_back({"flatten", [](const auto& v) { return Flatten(v[0]); },
                   [](const auto& v) { return Reshaped(v[0], {4, 10}); }, {{4, 5, 2}}});
  cases.push_back({"softmax", [](const auto& v) { return Softmax(v[0]); },
                   [](const auto& v) { return reference::Softmax(v[0]); }, {{4, 5}}});
  cases.push_back({"log_softmax", [](const auto& v) { return LogSoftmax(v[0]); },
                   [](const auto& v) { return reference::LogSoftmax(v[0]); }, {{4, 5}}});
  return cases;
}

class OpsTest : public ::testing::TestWithParam<OpCase> {
 protected:
  void SetUp() override {
    uint64_t seed = 1;
    for (const Shape& shape : GetParam().inputs) {
      const Tensor value = testing::RandomTensor(shape, seed++);
      variables_.push_back(value);
      arrays_.push_back(reference::FromTensor<double>(value));
    }
  }
  std::vector<Variable> variables_;
  std::vector<Array> arrays_;
};

TEST_P(OpsTest, ValueEqualsItsTwin) {
  EXPECT_LE(testing::RelativeL2(GetParam().op(variables_).value(), GetParam().twin(arrays_)), testing::kF32Tolerance);
}

// [gradient_check]
// The reference is the twin's central difference in double, right to about 1e-10; the f32 gradient has the rounding of
// an f32 operation. dy is random, since one of all ones hides the faults of normalising operations.
TEST_P(OpsTest, GradientsAreTheSlopesOfTheTwin) {
  const Array value = GetParam().twin(arrays_);
  const Tensor dy = testing::RandomTensor(value.shape, 99);
  const Variable y = GetParam().op(variables_);
  const std::vector<Tensor> gradients = Gradients(Sum(y * Variable(dy)), variables_);
  for (size_t i = 0; i < variables_.size(); ++i) {
    const auto along_input = [&](const Array& moved) {
      std::vector<Array> inputs = arrays_;
      inputs[i] = moved;
      return GetParam().twin(inputs);
    };
    const Array expected = testing::NumericalGradient(along_input, arrays_[i], reference::FromTensor<double>(dy));
    EXPECT_LE(testing::RelativeL2(gradients[i], expected), testing::kF32Tolerance) << "input " << i;
  }
}
// [/gradient_check]

INSTANTIATE_TEST_SUITE_P(All, OpsTest, ::testing::ValuesIn(Cases()),
                         [](const auto& info) { return info.param.name; });

TEST(ConcatTest, JoinsAndSplitsTheGradient) {
  const Variable a = testing::RandomTensor({2, 3}, 1), b = testing::RandomTensor({2, 4}, 2);
  const Variable joined = Concat({a, b}, 1);
  EXPECT_EQ(joined.shape(), (Shape{2, 7}));
  const Tensor dy = testing::RandomTensor({2, 7}, 3);
  const auto gradients = Gradients(Sum(joined * Variable(dy)), {a, b});
  for (int row = 0; row < 2; ++row) {
    for (int j = 0; j < 7; ++j) {
      EXPECT_EQ(joined.value().data()[row * 7 + j], j < 3 ? a.value().data()[row * 3 + j] : b.value().data()[row * 4 + j - 3]);
      EXPECT_EQ(dy.data()[row * 7 + j], j < 3 ? gradients[0].data()[row * 3 + j] : gradients[1].data()[row * 4 + j - 3]);
    }
  }
}

}  // namespace
}  // namespace dl
