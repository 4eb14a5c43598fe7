#include "modules/cnn/experiments/picture_sheet.h"

#include "gtest/gtest.h"

namespace dl {
namespace {

TEST(PictureSheetTest, PicturesOfPlanes) {
  const float grey[] = {-1, 0, 1, 5};
  EXPECT_EQ(PictureOf(grey, 1, 2, 2, -1, 1).rgb,
            (std::vector<uint8_t>{0, 0, 0, 128, 128, 128, 255, 255, 255, 255, 255, 255}));
  const float colours[] = {1, 0, 0, 1, 0, 0};  // a red pixel, then a green one
  EXPECT_EQ(PictureOf(colours, 3, 1, 2, 0, 1).rgb, (std::vector<uint8_t>{255, 0, 0, 0, 255, 0}));
  const float even[] = {3};
  EXPECT_EQ(PictureOf(even, 1, 1, 1, 3, 3).rgb, (std::vector<uint8_t>{0, 0, 0}));
}

TEST(PictureSheetTest, EachPixelIsEnlargedToASquare) {
  const float planes[] = {0, 0.2f, 0.4f, 0.6f};
  PictureSheet sheet(5);  // room for twice two, and a rest that stays white
  sheet.BeginLine("");
  sheet.Add(PictureOf(planes, 1, 2, 2, 0, 1));
  const std::string csv = sheet.ToCsv();
  for (const char* row :
       {"\n1,1,0,", "\n0,2,51,", "\n1,3,51,", "\n2,0,102,", "\n3,1,102,", "\n3,3,153,", "\n4,4,255,"}) {
    EXPECT_NE(csv.find(row), std::string::npos) << row;
  }
}

TEST(PictureSheetTest, EnlargedInLinesWithTheirTexts) {
  const float black[] = {0};
  PictureSheet sheet(2);
  sheet.BeginLine("first");
  sheet.Add(PictureOf(black, 1, 1, 1, 0, 1), "a");
  sheet.Add(PictureOf(black, 1, 1, 1, 0, 1));
  sheet.BeginLine("second, short");
  sheet.Add(PictureOf(black, 1, 1, 1, 0, 1));
  EXPECT_EQ(sheet.ToCsv(),
            "row,column,red,green,blue,kind,text\n"
            "0,0,0,0,0,0,\n0,1,0,0,0,1,a\n0,2,255,255,255,0,\n0,3,255,255,255,0,\n0,4,0,0,0,0,\n0,5,0,0,0,0,\n"
            "1,0,0,0,0,2,first\n1,1,0,0,0,0,\n1,2,255,255,255,0,\n1,3,255,255,255,0,\n1,4,0,0,0,0,\n1,5,0,0,0,0,\n"
            "2,0,255,255,255,0,\n2,1,255,255,255,0,\n2,2,255,255,255,0,\n2,3,255,255,255,0,\n2,4,255,255,255,0,\n"
            "2,5,255,255,255,0,\n"
            "3,0,255,255,255,0,\n3,1,255,255,255,0,\n3,2,255,255,255,0,\n3,3,255,255,255,0,\n3,4,255,255,255,0,\n"
            "3,5,255,255,255,0,\n"
            "4,0,0,0,0,0,\n4,1,0,0,0,0,\n4,2,255,255,255,0,\n4,3,255,255,255,0,\n4,4,255,255,255,0,\n"
            "4,5,255,255,255,0,\n"
            "5,0,0,0,0,2,\"second, short\"\n5,1,0,0,0,0,\n5,2,255,255,255,0,\n5,3,255,255,255,0,\n"
            "5,4,255,255,255,0,\n5,5,255,255,255,0,\n");
}

}  // namespace
}  // namespace dl
