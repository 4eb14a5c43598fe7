#include "modules/cnn/experiments/saliency_sheets.h"

#include <numeric>

#include "gtest/gtest.h"

namespace dl {
namespace {

TEST(SaliencySheetsTest, AMapsWhiteIsWhatOnePixelInAHundredExceeds) {
  Tensor map({10, 20});
  std::iota(map.mutable_data(), map.mutable_data() + 200, -2);  // -2, ..., 197: two are more than 195
  const Image image = MapPicture(map);
  EXPECT_EQ(image.rgb[0], 0);
  EXPECT_EQ(image.rgb[3 * 2], 0);
  EXPECT_EQ(image.rgb[3 * 101], 129);  // 99 of 195
  EXPECT_EQ(image.rgb[3 * 197], 255);
  EXPECT_EQ(image.rgb[3 * 196], 254);
}

TEST(SaliencySheetsTest, ALineAPictureWithWhatItIsTakenFor) {
  Dataset data{"toy", {3, 2, 2}, std::vector<uint8_t>(24), {1, 0}, {"disc", "star"}};
  const Tensor map = Tensor::Full({2, 2}, 1);
  const PictureSheet sheet = MapSheet(data, Tensor::Full({2, 3, 2, 2}, 0.2), {1, 1}, {map, map}, {"edges"},
                                      {{map}, {map}}, 2);
  const std::string csv = sheet.ToCsv();
  EXPECT_NE(csv.find(",2,star\n"), std::string::npos) << csv.substr(0, 400);
  EXPECT_NE(csv.find(",disc (star)\n"), std::string::npos);
  EXPECT_NE(csv.find("1,edges\n"), std::string::npos) << csv.substr(0, 400);
}

}  // namespace
}  // namespace dl
