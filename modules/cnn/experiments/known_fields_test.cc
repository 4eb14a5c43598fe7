#include "modules/cnn/experiments/known_fields.h"

#include <map>

#include "gtest/gtest.h"
#include "modules/cnn/resnet.h"

namespace dl {
namespace {

TEST(KnownFieldsTest, CountedAsPublished) {
  std::map<std::string, std::string> fields;
  int published = 0;
  const Table table = KnownFields();
  for (const auto& row : table.rows()) {
    fields[row[0]] = row[1];
    if (row[3].empty()) continue;
    ++published;
    EXPECT_EQ(row[1], row[3]) << row[0];
    EXPECT_FALSE(row[4].empty()) << row[0];
  }
  EXPECT_EQ(published, 3);
  EXPECT_EQ(fields["LeNet-5"], "16");
  EXPECT_EQ(fields["CIFAR ResNet-20"], "81");
  EXPECT_EQ(fields["ResNet-50, torchvision's"], "427");
}

// 3 + 2·2 at stride 1, 2 + 4 at the change to stride 2, 4 + 8 at that to stride 4.
TEST(KnownFieldsTest, TheLastMapIsThatBeforeTheMean) {
  Random random(1);
  Sequential model = ResNet(random, CifarResNet(8));
  EXPECT_EQ(FieldOfLastMap(model, {3, 32, 32}).size, 3 + 4 + 6 + 12);
  EXPECT_EQ(FieldOfLastMap(model, {3, 32, 32}).stride, 4);
}

}  // namespace
}  // namespace dl
