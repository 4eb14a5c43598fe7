#include "datasets/image_file.h"

#include <jpeglib.h>
#include <png.h>

#include <cstdio>  // jpeglib.h needs it
#include <cstdlib>
#include <vector>

#include "datasets/testing.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace dl {
namespace {

using testing::Each;
using testing::HasSubstr;
using Bytes = std::vector<uint8_t>;

// Colours that change slowly, so that a JPEG of them stays near.
Image Picture(int64_t height, int64_t width) {
  Image image(height, width);
  for (int64_t i = 0; i < height * width; ++i) {
    image.rgb[3 * i] = static_cast<uint8_t>(200 * (i % width) / width);
    image.rgb[3 * i + 1] = static_cast<uint8_t>(200 * (i / width) / height);
    image.rgb[3 * i + 2] = 100;
  }
  return image;
}

struct JpegKind {
  J_COLOR_SPACE space = JCS_RGB;
  bool progressive = false, adobe = false;
};

// A JPEG file of the best quality; `samples` is [height, width, channels].
std::string EncodeJpeg(int64_t height, int64_t width, const Bytes& samples, JpegKind kind) {
  jpeg_compress_struct encoder;
  jpeg_error_mgr errors;
  encoder.err = jpeg_std_error(&errors);
  jpeg_create_compress(&encoder);
  unsigned char* bytes = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&encoder, &bytes, &size);
  encoder.image_width = static_cast<JDIMENSION>(width);
  encoder.image_height = static_cast<JDIMENSION>(height);
  encoder.input_components = static_cast<int>(samples.size()) / static_cast<int>(height * width);
  encoder.in_color_space = kind.space;
  jpeg_set_defaults(&encoder);
  jpeg_set_quality(&encoder, 100, TRUE);
  if (kind.progressive) jpeg_simple_progression(&encoder);
  encoder.write_Adobe_marker = kind.adobe;
  jpeg_start_compress(&encoder, TRUE);
  const size_t row_size = samples.size() / static_cast<size_t>(height);
  while (encoder.next_scanline < encoder.image_height) {
    auto* row = const_cast<uint8_t*>(&samples[encoder.next_scanline * row_size]);
    jpeg_write_scanlines(&encoder, &row, 1);
  }
  jpeg_finish_compress(&encoder);
  std::string jpeg(reinterpret_cast<char*>(bytes), size);
  jpeg_destroy_compress(&encoder);
  std::free(bytes);
  return jpeg;
}

std::string JpegBytes(const Image& image, bool progressive = false) {
  return EncodeJpeg(image.height, image.width, image.rgb, {.progressive = progressive});
}

// A JPEG file of 16 by 16 equal pixels with the samples `pixel`.
std::string FlatJpeg(const Bytes& pixel, JpegKind kind) {
  Bytes samples;
  for (int i = 0; i < 16 * 16; ++i) samples.insert(samples.end(), pixel.begin(), pixel.end());
  return EncodeJpeg(16, 16, samples, kind);
}

// A PNG file of one row of `width` pixels, `row` as libpng packs it.
std::string PngRow(int color_type, int bit_depth, int width, const Bytes& row,
                   const std::vector<png_color>& palette = {}, Bytes palette_alpha = {}) {
  std::string png;
  png_structp writer = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
  png_infop info = png_create_info_struct(writer);
  const auto append = [](png_structp from, png_bytep bytes, size_t size) {
    static_cast<std::string*>(png_get_io_ptr(from))->append(reinterpret_cast<char*>(bytes), size);
  };
  png_set_write_fn(writer, &png, append, nullptr);
  png_set_IHDR(writer, info, width, 1, bit_depth, color_type, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
               PNG_FILTER_TYPE_DEFAULT);
  if (!palette.empty()) png_set_PLTE(writer, info, palette.data(), static_cast<int>(palette.size()));
  if (!palette_alpha.empty()) {
    png_set_tRNS(writer, info, palette_alpha.data(), static_cast<int>(palette_alpha.size()), nullptr);
  }
  png_write_info(writer, info);
  png_write_row(writer, row.data());
  png_write_end(writer, nullptr);
  png_destroy_write_struct(&writer, &info);
  return png;
}

Bytes Decoded(const std::string& bytes) {
  const absl::StatusOr<Image> image = DecodeImage("picture", bytes);
  EXPECT_TRUE(image.ok()) << image.status();
  return image.ok() ? image->rgb : Bytes{};
}

void ExpectRefused(const std::string& bytes, const std::string& why) {
  const absl::Status status = DecodeImage("photos/cat.jpg", bytes).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss) << why;
  EXPECT_THAT(std::string(status.message()), HasSubstr("photos/cat.jpg: " + why));
  EXPECT_EQ(status.message().find('\n'), absl::string_view::npos);
}

TEST(ImageFileTest, APngIsReadAsItWasWritten) {
  const Image image = Picture(5, 7);
  const absl::StatusOr<Image> read = DecodeImage("picture", PngBytes(image));
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->height, 5);
  EXPECT_EQ(read->width, 7);
  EXPECT_EQ(read->rgb, image.rgb);
}

TEST(ImageFileTest, AJpegIsReadNearlyAsItWasWritten) {
  const Image image = Picture(24, 40);
  for (bool progressive : {false, true}) {
    const absl::StatusOr<Image> read = DecodeImage("picture", JpegBytes(image, progressive));
    ASSERT_TRUE(read.ok()) << read.status();
    EXPECT_EQ(read->height, 24);
    EXPECT_EQ(read->width, 40);
    for (size_t i = 0; i < image.rgb.size(); ++i) ASSERT_NEAR(read->rgb[i], image.rgb[i], 12) << i;
  }
}

TEST(ImageFileTest, AGreyJpegHasThreeEqualColours) {
  EXPECT_THAT(Decoded(FlatJpeg({77}, {.space = JCS_GRAYSCALE})), Each(77));
}

TEST(ImageFileTest, InksOfACmykJpegLetLightThrough) {
  // Half of cyan, no magenta, all of yellow; a fifth of black: 128 · 204 / 255, 255 · 204 / 255, 0.
  const Bytes adobe = Decoded(FlatJpeg({128, 255, 0, 204}, {.space = JCS_CMYK, .adobe = true}));
  const Bytes plain = Decoded(FlatJpeg({127, 0, 255, 51}, {.space = JCS_CMYK}));
  for (const Bytes& rgb : {adobe, plain}) {
    ASSERT_EQ(rgb.size(), 3u * 16 * 16);
    EXPECT_NEAR(rgb[0], 102, 2);
    EXPECT_NEAR(rgb[1], 204, 2);
    EXPECT_NEAR(rgb[2], 0, 2);
  }
}

TEST(ImageFileTest, EveryKindOfPngBecomesRgb) {
  EXPECT_EQ(Decoded(PngRow(PNG_COLOR_TYPE_GRAY, 8, 2, {0, 90})), (Bytes{0, 0, 0, 90, 90, 90}));
  EXPECT_EQ(Decoded(PngRow(PNG_COLOR_TYPE_GRAY, 1, 2, {0x40})), (Bytes{0, 0, 0, 255, 255, 255}));
  EXPECT_EQ(Decoded(PngRow(PNG_COLOR_TYPE_RGB, 16, 1, {10, 10, 128, 128, 250, 250})), (Bytes{10, 128, 250}));
  EXPECT_EQ(Decoded(PngRow(PNG_COLOR_TYPE_PALETTE, 8, 2, {1, 0}, {{1, 2, 3}, {40, 50, 60}})),
            (Bytes{40, 50, 60, 1, 2, 3}));
}

TEST(ImageFileTest, WhitePaperShowsThroughWhatIsTransparent) {
  EXPECT_EQ(Decoded(PngRow(PNG_COLOR_TYPE_RGBA, 8, 3, {9, 9, 9, 0, 100, 0, 200, 51, 5, 6, 7, 255})),
            (Bytes{255, 255, 255, 224, 204, 244, 5, 6, 7}));  // 100 / 5 + 255 · 4 / 5 = 224
  EXPECT_EQ(Decoded(PngRow(PNG_COLOR_TYPE_GA, 8, 1, {0, 51})), (Bytes{204, 204, 204}));
  EXPECT_EQ(Decoded(PngRow(PNG_COLOR_TYPE_PALETTE, 8, 2, {0, 1}, {{1, 2, 3}, {4, 5, 6}}, {0, 255})),
            (Bytes{255, 255, 255, 4, 5, 6}));
}

TEST(ImageFileTest, RefusesWhatIsNoPicture) {
  ExpectRefused("", "the file is empty");
  ExpectRefused("x", "neither a JPEG nor a PNG file: it begins with 78; replace or remove it");
  ExpectRefused("GIF89a...", "neither a JPEG nor a PNG file: it begins with 47 49 46 38");
}

TEST(ImageFileTest, RefusesAPictureThatWouldFillTheMemory) {
  std::string jpeg = JpegBytes(Picture(8, 8));
  const size_t frame = jpeg.find("\xff\xc0");  // marker, length 2, precision 1, height 2, width 2
  jpeg.replace(frame + 5, 4, "\xff\xdc\xff\xdc");
  ExpectRefused(jpeg, "too large: it is 65500 pixels wide and 65500 high, at most 64 megapixels are read");
  const std::string row(8001, 0);
  const std::string wide = PngRow(PNG_COLOR_TYPE_GRAY, 1, 8000 * 8, {row.begin(), row.end()});
  EXPECT_EQ(Decoded(wide).size(), 3u * 8000 * 8);
}

TEST(ImageFileTest, RefusesATruncatedFileWhereverItIsCut) {
  for (const std::string& whole : {JpegBytes(Picture(16, 24)), JpegBytes(Picture(16, 24), true),
                                   PngBytes(Picture(16, 24)), PngRow(PNG_COLOR_TYPE_GA, 8, 1, {0, 51})}) {
    for (size_t size = 0; size < whole.size(); ++size) {
      // A copy of its own, so that a sanitizer sees a byte read behind the end.
      const std::vector<char> cut(whole.begin(), whole.begin() + static_cast<int64_t>(size));
      const absl::Status status = DecodeImage("cut", {cut.data(), cut.size()}).status();
      EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss) << size << " of " << whole.size();
    }
    EXPECT_TRUE(DecodeImage("whole", whole).ok());
    EXPECT_TRUE(DecodeImage("whole and more", whole + "more").ok());
  }
}

TEST(ImageFileTest, SurvivesAnyDamagedByte) {
  for (const std::string& whole :
       {JpegBytes(Picture(16, 24)), JpegBytes(Picture(16, 24), true), PngBytes(Picture(16, 24))}) {
    int refused = 0;
    for (size_t i = 0; i < whole.size(); ++i) {
      for (int flip : {0x01, 0x80, 0xff}) {
        std::string damaged = whole;
        damaged[i] = static_cast<char>(damaged[i] ^ flip);
        const absl::StatusOr<Image> image = DecodeImage("damaged", damaged);
        if (!image.ok()) {
          EXPECT_EQ(image.status().code(), absl::StatusCode::kDataLoss);
          ++refused;
        }
      }
    }
    EXPECT_GT(refused, 20);
  }
}

TEST(ImageFileTest, DamageIsNamed) {
  const std::string jpeg = JpegBytes(Picture(16, 24)), png = PngBytes(Picture(16, 24));
  ExpectRefused(jpeg.substr(0, jpeg.size() - 2), "damaged JPEG: Premature end of JPEG file; replace or remove it");
  ExpectRefused(jpeg.substr(0, 3) + "x", "damaged JPEG: ");
  ExpectRefused(png.substr(0, png.size() - 12), "damaged PNG: it ends too early; replace or remove it");
  std::string flipped = png;
  flipped[png.size() - 17] = static_cast<char>(flipped[png.size() - 17] ^ 1);  // in the pixels' checksum
  ExpectRefused(flipped, "damaged PNG: ");
}

TEST(ImageFileTest, NamesOfPicturesEndAsTheyShould) {
  for (const char* name : {"a.jpg", "a.JPEG", "b/c.d.Png"}) EXPECT_TRUE(HasImageName(name)) << name;
  for (const char* name : {"a.gif", "jpg", "a.jpg.txt", ".a.jpg", ".b/a.jpg", ""})
    EXPECT_FALSE(HasImageName(name)) << name;
}

}  // namespace
}  // namespace dl
