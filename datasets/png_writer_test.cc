#include "datasets/png_writer.h"

#include <png.h>

#include <filesystem>
#include <fstream>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "modules/base/file.h"

namespace dl {
namespace {

namespace fs = std::filesystem;

// A new, empty folder.
std::string Folder(const std::string& name) {
  const std::string folder = testing::TempDir() + "/" + name;
  fs::remove_all(folder);
  fs::create_directories(folder);
  return folder;
}

Image Read(const std::string& path) {
  png_image png{};
  png.version = PNG_IMAGE_VERSION;
  EXPECT_TRUE(png_image_begin_read_from_file(&png, path.c_str())) << png.message;
  png.format = PNG_FORMAT_RGB;
  Image image(png.height, png.width);
  EXPECT_TRUE(png_image_finish_read(&png, nullptr, image.rgb.data(), 0, nullptr)) << png.message;
  return image;
}

TEST(PngWriterTest, WhatWasWrittenIsReadAgain) {
  Image image(3, 5);
  for (size_t i = 0; i < image.rgb.size(); ++i) image.rgb[i] = static_cast<uint8_t>(5 * i);
  const std::string path = Folder("png") + "/image.png";
  ASSERT_TRUE(WritePng(path, image).ok());
  const Image read = Read(path);
  EXPECT_EQ(read.height, 3);
  EXPECT_EQ(read.width, 5);
  EXPECT_EQ(read.rgb, image.rgb);
  EXPECT_EQ(ReadFile(path).value(), EncodePng(image));
}

TEST(PngWriterTest, AnOldFileIsReplacedAndNothingElseStays) {
  const std::string folder = Folder("png");
  std::ofstream(folder + "/image.png") << "old";
  ASSERT_TRUE(WritePng(folder + "/image.png", Image(2, 2)).ok());
  EXPECT_EQ(Read(folder + "/image.png").height, 2);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder), {}), 1);
}

TEST(PngWriterTest, AFailureIsNamedAndLeavesNothingHalfWritten) {
  const std::string folder = Folder("png");
  const absl::Status missing = WritePng(folder + "/no/image.png", Image(2, 2));
  EXPECT_EQ(missing.code(), absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(missing.message(),
            "cannot write " + folder + "/no/image.png: No such file or directory; choose another place");
  fs::create_directories(folder + "/taken/inside");
  EXPECT_EQ(WritePng(folder + "/taken", Image(2, 2)).code(), absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder), {}), 1);
}

TEST(PngWriterTest, AFullDiskIsNamed) {
  if (!fs::exists("/dev/full")) GTEST_SKIP() << "no /dev/full";
  const std::string path = Folder("png") + "/image.png";
  fs::create_symlink("/dev/full", path + ".partial." + std::to_string(getpid()));
  EXPECT_EQ(WritePng(path, Image(2, 2)).code(), absl::StatusCode::kResourceExhausted);
  EXPECT_FALSE(fs::exists(path));
}

}  // namespace
}  // namespace dl
