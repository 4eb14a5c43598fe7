#include "datasets/dataset.h"

#include "gtest/gtest.h"

namespace dl {
namespace {

Dataset ThreeBytePairs() { return {"pairs", {2}, std::vector<uint8_t>{1, 2, 3, 4, 5, 6}, {0, 1, 0}, {"even", "odd"}}; }

TEST(DatasetTest, CountsExamplesAndClasses) {
  EXPECT_EQ(ThreeBytePairs().size(), 3);
  EXPECT_EQ(ThreeBytePairs().num_classes(), 2);
}

TEST(DatasetTest, FirstExamplesKeepsValuesAndLabelsTogether) {
  const Dataset two = FirstExamples(ThreeBytePairs(), 2);
  EXPECT_EQ(two.labels, (std::vector<int32_t>{0, 1}));
  EXPECT_EQ(std::get<0>(two.values), (std::vector<uint8_t>{1, 2, 3, 4}));
}

TEST(DatasetTest, LastExamplesAreWhatTheFirstLeave) {
  const Dataset two = LastExamples(ThreeBytePairs(), 2);
  EXPECT_EQ(two.labels, (std::vector<int32_t>{1, 0}));
  EXPECT_EQ(std::get<0>(two.values), (std::vector<uint8_t>{3, 4, 5, 6}));
  EXPECT_EQ(LastExamples(ThreeBytePairs(), 3).size(), 3);
}

TEST(DatasetDeathTest, MoreExamplesThanThereAreAreRefused) {
  EXPECT_DEATH(LastExamples(ThreeBytePairs(), 4), "4 of 3 examples of pairs");
  EXPECT_DEATH(FirstExamples(ThreeBytePairs(), 4), "4 of 3 examples of pairs");
}

// Python: hashlib.sha256(bytes([1,2,3,4,5,6]) + struct.pack('<3i', 0, 1, 0)).hexdigest()
TEST(DatasetTest, FingerprintIsTheHashOfValuesAndLabels) {
  EXPECT_EQ(Fingerprint(ThreeBytePairs()), "475c57569a869352f7f1ea5e3a254a783113fcd7bb71e9334648739358ab8235");
}

// Python: hashlib.sha256(struct.pack('<2f2i', 0.5, -2, 1, 0)).hexdigest()
TEST(DatasetTest, FingerprintOfFloats) {
  EXPECT_EQ(Fingerprint({"points", {1}, std::vector<float>{0.5f, -2.0f}, {1, 0}, {"a", "b"}}),
            "5bf2e89b48f1dc57a010aff47b541267e9910a6197de6b3fb70fb0de7b96ce6a");
}

TEST(DatasetTest, FingerprintSeesEveryValueAndLabel) {
  Dataset changed = ThreeBytePairs();
  std::get<0>(changed.values)[5] = 7;
  EXPECT_NE(Fingerprint(changed), Fingerprint(ThreeBytePairs()));
  changed = ThreeBytePairs();
  changed.labels[2] = 1;
  EXPECT_NE(Fingerprint(changed), Fingerprint(ThreeBytePairs()));
}

}  // namespace
}  // namespace dl
