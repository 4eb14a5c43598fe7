#include "modules/cnn/experiments/filter_sheets.h"

#include <algorithm>

#include "gtest/gtest.h"
#include "modules/backprop/linear.h"
#include "modules/cnn/conv2d.h"

namespace dl {
namespace {

int64_t Rows(const PictureSheet& sheet) {
  const std::string csv = sheet.ToCsv();
  return std::count(csv.begin(), csv.end(), '\n') - 1;
}
bool Holds(const PictureSheet& sheet, const std::string& row) { return sheet.ToCsv().find(row) != std::string::npos; }

TEST(FilterSheetsTest, KernelsShowFlatPicturesAsGreyOrAsTheyAre) {
  const PictureSheet sheet = KernelSheet(Tensor::Full({1, 1, 5, 5}, 0.5));
  EXPECT_EQ(Rows(sheet), 5 * (8 * 5 + 7 * 2));
  EXPECT_TRUE(Holds(sheet, "2,2,128,128,128,0,"));          // the picture
  EXPECT_TRUE(Holds(sheet, "2,9,128,128,128,0,"));          // blurred
  EXPECT_TRUE(Holds(sheet, "2,30,128,128,128,0,"));         // no slope
  EXPECT_TRUE(Holds(sheet, "2,51,0,0,0,0,"));               // no edge
  EXPECT_TRUE(Holds(sheet, ",1,sobel_x\n"));
}

TEST(FilterSheetsTest, FiltersAreGreyWhereTheyAreZero) {
  PictureSheet sheet(3);
  AddFilterLine("w", Tensor::Of({1, 1, 3, 3}, {0, 2, -2, 1, 0, 0, 0, 0, 0}), sheet);
  EXPECT_TRUE(Holds(sheet, "0,0,128,128,128,"));
  EXPECT_TRUE(Holds(sheet, "0,1,255,255,255,"));
  EXPECT_TRUE(Holds(sheet, "0,2,0,0,0,"));
  EXPECT_TRUE(Holds(sheet, "1,0,191,191,191,"));
}

TEST(FilterSheetsTest, ALineALayerAndALineAUnit) {
  Random random(1);
  Sequential model(Conv2d(1, 3, 3, random, {.padding = 1}), Activation(Elementwise::kReLU));
  const std::vector<MapLayer> layers = {{"conv1", 1, {.size = 3, .stride = 1, .start = -1}}};
  Tensor pictures = Tensor::Zeros({2, 1, 4, 4});
  pictures.mutable_data()[5] = 1;
  EXPECT_EQ(Rows(FeatureMapSheet(model, layers, Tensor::Zeros({1, 1, 4, 4}), Tensor::Full({1, 1, 4, 4}, 1))),
            (2 * 4 + 2) * (3 * 4 + 2 * 2));
  UnitResponses responses;
  responses.Add(Tensor::Of({2, 2, 1, 2}, {0, 1, 0, 0, 2, 0, 0, 0}));  // unit 1 never responds
  const PictureSheet sheet = ExcitingSheet(layers, {responses}, pictures, 1, 2);
  EXPECT_EQ(Rows(sheet), 4 * (2 * 4 + 2));
  EXPECT_TRUE(Holds(sheet, "\"conv1, 0\"\n"));
  // The second picture excites it more; the frame around rows and columns 0 to 1 is black and white by turns.
  EXPECT_TRUE(Holds(sheet, "\n0,0,0,0,0,") && Holds(sheet, "\n1,1,255,255,255,"));
}

}  // namespace
}  // namespace dl
