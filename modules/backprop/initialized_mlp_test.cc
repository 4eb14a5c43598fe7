#include "modules/backprop/initialized_mlp.h"

#include "gtest/gtest.h"
#include "modules/backprop/mlp.h"
#include "modules/primitives/moments.h"

namespace dl {
namespace {

TEST(InitializedMlpTest, HasTheInitializersWeights) {
  Random random(3), same(3);
  const Initialization kaiming = ParseInitialization("kaiming").value();
  const Sequential mlp = InitializedMlp({5, 4, 3}, Elementwise::kReLU, kaiming, Tensor::Zeros({1, 5}), random);
  const Sequential expected = Mlp({5, 4, 3}, Elementwise::kReLU, same, KaimingNormal);
  for (int i = 0; i < 12; ++i) {
    EXPECT_EQ(mlp.Parameters()[2].variable.value().data()[i], expected.Parameters()[2].variable.value().data()[i]);
  }
}

TEST(InitializedMlpTest, LsuvLooksAtTheBatch) {
  Random random(3);
  const Tensor x = NormalInit(50)({64, 8}, random);
  Sequential mlp = InitializedMlp({8, 16, 16, 4}, Elementwise::kTanh, ParseInitialization("lsuv").value(), x, random);
  EXPECT_NEAR(MomentsOf(mlp.Forward(x, {}).value()).variance, 1, 0.1);
}

TEST(InitializedMlpTest, UnknownNamesAreAnsweredWithTheValidOnes) {
  const auto message = [](const char* name) { return std::string(ParseInitialization(name).status().message()); };
  EXPECT_EQ(message("lsvu").rfind("unknown initializer 'lsvu'; did you mean 'lsuv'?", 0), 0u) << message("lsvu");
  EXPECT_EQ(message("normal:x"), "initializer 'normal:x': a number goes after the colon, as in normal:0.01");
}

}  // namespace
}  // namespace dl
