#include "modules/cnn/experiments/shift_response.h"

#include <cmath>

#include "gtest/gtest.h"

namespace dl {
namespace {

// Two channels of one image 8x8 whose columns are `f` of how far they are to the right.
template <typename F>
Tensor Columns(F f) {
  Tensor maps({1, 2, 8, 8});
  for (int64_t i = 0; i < maps.size(); ++i) {
    maps.mutable_data()[i] = static_cast<float>(f(static_cast<double>(i % 8))) + static_cast<float>(i / 64);
  }
  return maps;
}

TEST(ShiftResponseTest, AgreementCountsWhatIsTheSame) { EXPECT_EQ(Agreement({1, 2, 3, 4}, {1, 2, 0, 4}), 0.75); }

TEST(ShiftResponseTest, ConsistencyIsThatOfAllPairsOfPlaces) {
  // First image: the same at three of three pairs; second: at one of three.
  EXPECT_DOUBLE_EQ(ShiftConsistency({{5, 1}, {5, 1}, {5, 2}}), 4.0 / 6);
}

TEST(ShiftResponseTest, MapsThatMoveAlongAreWithoutError) {
  const auto wave = [](double x) { return std::sin(x); };
  for (int shift : {0, 1, 2}) {
    const Tensor moved = Columns([&](double x) { return wave(x - shift); });
    EXPECT_NEAR(EquivarianceError(Columns(wave), moved, shift), 0, 1e-6) << shift;
  }
  // Linear interpolation is exact on a line.
  const Tensor line = Columns([](double x) { return 3 * x; });
  EXPECT_NEAR(EquivarianceError(line, Columns([](double x) { return 3 * (x - 0.75); }), 0.75), 0, 1e-6);
  EXPECT_NEAR(EquivarianceError(line, Columns([](double x) { return 3 * (x - 1.25); }), 1.25), 0, 1e-6);
}

TEST(ShiftResponseTest, TheErrorIsRelativeToThePictureOfTheMovedMaps) {
  // Columns 2 to 5 of a line have a standard deviation of sqrt(1.25) columns; this one is one column off.
  const Tensor line = Columns([](double x) { return x; });
  EXPECT_NEAR(EquivarianceError(line, line, 1), 1 / std::sqrt(1.25), 1e-6);
  // The border does not count.
  const Tensor edge = Columns([](double x) { return x == 0 || x == 7 ? 9 : x; });
  EXPECT_NEAR(EquivarianceError(line, edge, 0), 0, 1e-6);
}

TEST(ShiftResponseDeathTest, ImpossibleShiftsStopTheProgram) {
  const Tensor line = Columns([](double x) { return x; });
  EXPECT_DEATH(EquivarianceError(line, line, 2.5), "a shift of 2.5 in a width of 8");
  EXPECT_DEATH(Agreement({1}, {}), "of 1 and 0 answers");
  EXPECT_DEATH(ShiftConsistency({{1}}), "of 1 places");
}

}  // namespace
}  // namespace dl
