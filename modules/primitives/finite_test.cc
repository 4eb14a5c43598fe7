#include "modules/primitives/finite.h"

#include <limits>

#include "gtest/gtest.h"
#include "modules/primitives/internal/onednn.h"
#include "modules/primitives/reorder.h"

namespace dl {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// 40,000 elements are more than one thread's share.
class FiniteTest : public testing::TestWithParam<DType> {
 protected:
  static bool AllFiniteBut(int64_t place, double value) {
    Tensor x = Tensor::Full({40000}, -3.0, DType::kF64);
    if (place >= 0) x.mutable_data_f64()[place] = value;
    return AllFinite(Cast(x, GetParam()));
  }
};

TEST_P(FiniteTest, FindsTheOneThatIsNot) {
  for (int64_t place : {0, 17, 20011, 39999}) {
    for (double value : {kInfinity, -kInfinity, kNaN, -kNaN}) EXPECT_FALSE(AllFiniteBut(place, value)) << place;
  }
}

TEST_P(FiniteTest, NumbersAreFinite) {
  EXPECT_TRUE(AllFiniteBut(-1, 0));
  for (double value : {0.0, 1e-38, -3e38}) EXPECT_TRUE(AllFiniteBut(20011, value)) << value;
}

INSTANTIATE_TEST_SUITE_P(Types, FiniteTest, testing::Values(DType::kF32, DType::kBF16, DType::kF64));

TEST(FiniteTest, ReadsBlockedTensorsAndEmptyOnes) {
  const onednn::Desc blocked({1, 17, 2, 2}, dnnl::memory::data_type::f32, dnnl::memory::format_tag::nChw16c);
  Tensor x = Tensor::Full({1, 17, 2, 2}, 1);
  EXPECT_TRUE(AllFinite(onednn::InOrder(x, blocked)));
  x.mutable_data()[67] = static_cast<float>(kNaN);
  EXPECT_FALSE(AllFinite(onednn::InOrder(x, blocked)));
  EXPECT_TRUE(AllFinite(Tensor()));
}

}  // namespace
}  // namespace dl
