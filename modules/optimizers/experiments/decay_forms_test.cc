#include "modules/optimizers/experiments/decay_forms.h"

#include <cmath>

#include "gtest/gtest.h"
#include "modules/optimizers/optimizer_by_name.h"
#include "modules/primitives/tensor.h"

namespace dl {
namespace {

// The parameter after `steps` steps from 1 where the gradient at p is 2 p - 1 + sin(step), in f64.
double Descend(Optimizer& optimizer, int64_t steps) {
  const Variable p = optimizer.parameters()[0];
  for (int64_t i = 0; i < steps; ++i) {
    const double x = *p.value().data_f64();
    optimizer.Step({Tensor::Full({1}, 2 * x - 1 + std::sin(static_cast<double>(i)), DType::kF64)});
  }
  return *p.value().data_f64();
}

std::vector<Variable> Start() { return {Variable(Tensor::Full({1}, 1, DType::kF64))}; }

double After(const std::string& optimizer, DecayForm form, double rate, double decay) {
  return Descend(*MakeDecaying(optimizer, form, Start(), rate, decay), 1000);
}

TEST(DecayFormsTest, OfPlainGradientDescentTheyAreOne) {
  const double l2 = After("sgd", DecayForm::kL2, 0.1, 0.3), decoupled = After("sgd", DecayForm::kDecoupled, 0.1, 0.03);
  EXPECT_NEAR(l2, decoupled, 1e-14);
  EXPECT_GT(std::abs(l2 - After("sgd", DecayForm::kL2, 0.1, 0)), 0.01);  // and the decay is felt
}

TEST(DecayFormsTest, OfTheOthersTheyAreNot) {
  for (const std::string optimizer : {"momentum", "adam"}) {
    EXPECT_GT(
        std::abs(After(optimizer, DecayForm::kL2, 0.01, 0.3) - After(optimizer, DecayForm::kDecoupled, 0.01, 0.003)),
        1e-4)
        << optimizer;
  }
}

TEST(DecayFormsTest, TheDecoupledFormTakesItsShareWhateverTheRate) {
  for (const std::string& optimizer : DecayingOptimizers()) {
    const auto idle = MakeDecaying(optimizer, DecayForm::kDecoupled, Start(), 0, 0.25);
    idle->Step({Tensor::Full({1}, 5, DType::kF64)});
    EXPECT_DOUBLE_EQ(*idle->parameters()[0].value().data_f64(), 0.75) << optimizer;
  }
}

// The chains that the names stand for, as a reader would have typed them.
TEST(DecayFormsTest, AgreeWithTheOptimizersByName) {
  const auto named = [](const std::string& name) {
    return Descend(*ParseOptimizer(name)->make(Start(), Constant(0.01)), 1000);
  };
  EXPECT_DOUBLE_EQ(After("sgd", DecayForm::kL2, 0.01, 0.3), named("sgd:l2=0.3"));
  EXPECT_DOUBLE_EQ(After("momentum", DecayForm::kL2, 0.01, 0.3), named("momentum:l2=0.3"));
  EXPECT_DOUBLE_EQ(After("adam", DecayForm::kL2, 0.01, 0.3), named("adam:l2=0.3"));
  EXPECT_NEAR(After("adam", DecayForm::kDecoupled, 0.01, 0.003), named("adamw:weight_decay=0.3"), 1e-13);
}

TEST(DecayFormsDeathTest, KnowsItsNames) {
  EXPECT_DEATH(MakeDecaying("lion", DecayForm::kL2, {}, 0.1, 0), "no optimizer 'lion'");
}

}  // namespace
}  // namespace dl
