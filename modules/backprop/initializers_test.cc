#include "modules/backprop/initializers.h"

#include <algorithm>
#include <cmath>

#include "gtest/gtest.h"

namespace dl {
namespace {

double Variance(const Tensor& x) {
  double square = 0;
  for (float value : x.values()) square += double{value} * value;
  return square / static_cast<double>(x.size());
}

// The sample variance of n normal draws deviates from σ² by σ² sqrt(2 / n), of uniform draws by less; five of those.
void ExpectVariance(const Tensor& x, double expected) {
  EXPECT_NEAR(Variance(x), expected, 5 * expected * std::sqrt(2.0 / static_cast<double>(x.size())));
}

TEST(InitializersTest, FansCountTheWindow) {
  EXPECT_EQ(FansOf({128, 784}).in, 784);
  EXPECT_EQ(FansOf({128, 784}).out, 128);
  EXPECT_EQ(FansOf({16, 6, 5, 5}).in, 150);
  EXPECT_EQ(FansOf({16, 6, 5, 5}).out, 400);
}

TEST(InitializersTest, VariancesAreThePapers) {
  Random random(1);
  const Shape dense = {300, 200}, filters = {32, 16, 3, 3};
  ExpectVariance(XavierUniform(dense, random), 2.0 / 500);
  ExpectVariance(XavierNormal(dense, random), 2.0 / 500);
  ExpectVariance(KaimingUniform(dense, random), 2.0 / 200);
  ExpectVariance(KaimingNormal(dense, random), 2.0 / 200);
  ExpectVariance(KaimingNormal(filters, random), 2.0 / 144);
  ExpectVariance(LecunNormal(filters, random), 1.0 / 144);
  ExpectVariance(NormalInit(0.5f)(dense, random), 0.25);
  EXPECT_EQ(Variance(ZeroInit(dense, random)), 0.0);
}

// Of a normal distribution cut off at two deviations, the variance is 1 - 4 φ(2) / (2 Φ(2) - 1) = 0.77374.
TEST(InitializersTest, TruncatedNormalStaysWithinTwoDeviations) {
  Random random(1);
  const Tensor x = TruncatedNormalInit(0.05f)({300, 200}, random);
  for (float value : x.values()) ASSERT_LE(std::abs(value), 0.1f);
  ExpectVariance(x, 0.77374 * 0.05 * 0.05);
}

TEST(InitializersTest, UniformStaysWithinItsBound) {
  Random random(1);
  const float bound = std::sqrt(6.0f / 200);
  for (float value : KaimingUniform({300, 200}, random).values()) EXPECT_LE(std::abs(value), bound);
}

// The products of orthonormal rows are 0 and 1 but for rounding, 6e-8 for each of `length` terms at most.
TEST(InitializersTest, OrthogonalRowsOrColumnsAreOrthonormal) {
  for (const Shape& shape : {Shape{20, 50}, Shape{50, 20}, Shape{8, 3, 3, 3}}) {
    Random random(2);
    const Tensor w = OrthogonalInit(2.0f)(shape, random);
    const int64_t k = shape[0], d = w.size() / k, vectors = std::min(k, d);
    const auto at = [&](int64_t vector, int64_t i) { return k <= d ? w.data()[vector * d + i] : w.data()[i * d + vector]; };
    for (int64_t a = 0; a < vectors; ++a) {
      for (int64_t b = 0; b <= a; ++b) {
        double product = 0;
        for (int64_t i = 0; i < std::max(k, d); ++i) product += double{at(a, i)} * at(b, i);
        EXPECT_NEAR(product, a == b ? 4.0 : 0.0, 4 * 6e-8 * static_cast<double>(std::max(k, d)));
      }
    }
  }
}

TEST(InitializersTest, SameSeedSameWeights) {
  Random a(3), b(3);
  const Tensor x = KaimingNormal({10, 10}, a), y = KaimingNormal({10, 10}, b);
  EXPECT_TRUE(std::equal(x.values().begin(), x.values().end(), y.values().begin()));
}

TEST(InitializersTest, EveryNameIsItsInitializer) {
  const std::vector<Initializer> expected = {ZeroInit,      NormalInit(1),  LecunNormal,     XavierNormal,
                                             XavierUniform, KaimingNormal, KaimingUniform, OrthogonalInit()};
  const std::vector<std::string> names = InitializerNames();
  ASSERT_EQ(names.size(), expected.size());
  for (size_t i = 0; i < names.size(); ++i) {
    Random a(4), b(4);
    const Tensor x = ParseInitializer(names[i]).value()({7, 5}, a), y = expected[i]({7, 5}, b);
    EXPECT_TRUE(std::equal(x.values().begin(), x.values().end(), y.values().begin())) << names[i];
  }
}

TEST(InitializersTest, AFactorAfterTheColonScales) {
  Random a(5), b(5);
  const Tensor x = ParseInitializer("kaiming:10").value()({7, 5}, a), y = KaimingNormal({7, 5}, b);
  for (int i = 0; i < 35; ++i) EXPECT_FLOAT_EQ(x.data()[i], 10 * y.data()[i]);
}

TEST(InitializersTest, OtherNamesAreRefused) {
  const auto message = [](const char* name) { return std::string(ParseInitializer(name).status().message()); };
  EXPECT_EQ(message("kaimign:2").rfind("unknown initializer 'kaimign'; did you mean 'kaiming'?", 0), 0u);
  EXPECT_EQ(message("normal:big"), "initializer 'normal:big': a number goes after the colon, as in normal:0.01");
  EXPECT_EQ(message("normal:inf"), "initializer 'normal:inf': a number goes after the colon, as in normal:0.01");
}

TEST(InitializersDeathTest, AVectorHasNoFans) { EXPECT_DEATH(FansOf({10}), "this one is \\[10\\]"); }

}  // namespace
}  // namespace dl
