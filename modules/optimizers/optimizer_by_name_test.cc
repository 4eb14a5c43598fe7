#include "modules/optimizers/optimizer_by_name.h"

#include <cmath>

#include "gtest/gtest.h"

namespace dl {
namespace {

Tensor Full(const Shape& shape, double value) { return Tensor::Full(shape, value, DType::kF64); }

// ½ ||p||² over a matrix and a vector: every rule at a tenth of its typical rate lowers it.
TEST(OptimizerByNameTest, EveryNameDescends) {
  for (const std::string& name : OptimizerNames()) {
    const auto rule = ParseOptimizer(name);
    ASSERT_TRUE(rule.ok()) << name;
    const Variable w = Full({2, 3}, 2), b = Full({3}, -1);
    const auto optimizer = rule->make({w, b}, Constant(rule->typical_rate / 10));
    for (int t = 0; t < 20; ++t) {
      optimizer->StepWith([&] {
        std::vector<Tensor> gradients;
        for (const Variable& p : optimizer->parameters()) gradients.push_back(p.value());
        return gradients;
      });
    }
    EXPECT_LT(w.value().data_f64()[0], 2) << name;
    EXPECT_GT(w.value().data_f64()[0], 0) << name;
    EXPECT_GT(b.value().data_f64()[0], -1) << name;
  }
}

TEST(OptimizerByNameTest, SettingsReachTheirLinks) {
  const Variable p = Full({1}, 0), q = Full({1}, 0);
  const auto named = ParseOptimizer("momentum:mu=0.25:l2=0.5")->make({p}, Constant(0.1));
  const auto direct = Sgd({q}, {.rate = Constant(0.1), .momentum = 0.25, .weight_decay = 0.5});
  for (int t = 0; t < 3; ++t) {
    named->Step({Full({1}, 1)});
    direct->Step({Full({1}, 1)});
  }
  EXPECT_EQ(p.value().item(), q.value().item());
}

std::string Refusal(const std::string& name) { return std::string(ParseOptimizer(name).status().message()); }

TEST(OptimizerByNameTest, RefusesInOneLine) {
  EXPECT_NE(Refusal("adm").find("unknown optimizer 'adm'; did you mean 'adam'?; valid: sgd, "), std::string::npos)
      << Refusal("adm");
  EXPECT_NE(Refusal("adam:beta3=1").find("unknown setting of adam 'beta3'; did you mean 'beta1'?"), std::string::npos);
  EXPECT_EQ(Refusal("adam:beta2=1"), "optimizer adam: beta2 wants 0 to less than 1, not '1'");
  EXPECT_EQ(Refusal("adam:beta2=nan"), "optimizer adam: beta2 wants 0 to less than 1, not 'nan'");
  EXPECT_EQ(Refusal("adam:beta2"), "optimizer adam: beta2 wants 0 to less than 1, not ''");
  EXPECT_EQ(Refusal("lookahead:every=1.5"), "optimizer lookahead: every wants a whole number of 1 or more, not '1.5'");
  EXPECT_EQ(Refusal("sam:rho=0"), "optimizer sam: rho wants more than 0, not '0'");
  EXPECT_EQ(ParseOptimizers({}).status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ParseOptimizers({"sgd", "adam", "sgd"}).status().message(), "flag --optimizers names sgd twice");
}

// Every setting that a rule has knows what it may be.
TEST(OptimizerByNameTest, EverySettingHasARange) {
  for (const std::string& name : OptimizerNames()) {
    const std::string refusal = Refusal(name + ":nothing=1");
    const std::string valid = refusal.substr(refusal.find("valid: ") + 7);
    for (size_t from = 0; from < valid.size(); from = valid.find(", ", from) + 2) {
      const size_t end = valid.find(", ", from);
      EXPECT_NE(Refusal(name + ":" + valid.substr(from, end - from) + "=x").find(" wants "), std::string::npos);
      if (end == std::string::npos) break;
    }
  }
}

}  // namespace
}  // namespace dl
