#include "datasets/image_file.h"

#include <jerror.h>
#include <jpeglib.h>
#include <png.h>

#include <algorithm>
#include <cctype>
#include <csetjmp>
#include <cstdio>  // jpeglib.h needs it
#include <filesystem>
#include <memory>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace dl {
namespace {

constexpr std::string_view kJpegMagic = "\xff\xd8\xff", kPngMagic = "\x89PNG\r\n\x1a\n";

absl::Status Bad(const std::string& name, const std::string& what) {
  return absl::DataLossError(absl::StrCat(name, ": ", what, "; replace or remove it"));
}

absl::Status CheckSize(const std::string& name, int64_t height, int64_t width) {
  if (height * width <= kMostImagePixels) return absl::OkStatus();
  return Bad(name, absl::StrCat("too large: it is ", width, " pixels wide and ", height, " high, at most ",
                                kMostImagePixels / 1'000'000, " megapixels are read"));
}

// What libjpeg works on. It reports a failure through a function that must not return, so that one jumps out of the
// call, over all destructors: what has one stays out of the functions that call libjpeg, which take all from here.
struct Jpeg {
  explicit Jpeg(std::string_view bytes) : bytes(bytes) {}
  Jpeg(const Jpeg&) = delete;
  ~Jpeg() { jpeg_destroy_decompress(&decoder); }

  std::string_view bytes;
  jpeg_decompress_struct decoder{};
  jpeg_error_mgr errors{};
  std::jmp_buf escape;
  char trouble[JMSG_LENGTH_MAX] = "";
  uint8_t* rgb = nullptr;         // where the pixels go
  std::vector<uint8_t> cmyk_row;  // of one row; empty: the decoder makes red, green and blue itself
};

[[noreturn]] void Escape(j_common_ptr decoder) {
  auto* jpeg = static_cast<Jpeg*>(decoder->client_data);
  jpeg->errors.format_message(decoder, jpeg->trouble);
  std::longjmp(jpeg->escape, 1);
}

// libjpeg merely warns where it makes up what is missing; to us that is damage. Oddities that cost no pixel are not.
void EscapeOnDamage(j_common_ptr decoder, int level) {
  const int code = decoder->err->msg_code;
  const bool harmless = code == JWRN_EXTRANEOUS_DATA || code == JWRN_ADOBE_XFORM || code == JWRN_JFIF_MAJOR;
  if (level < 0 && !harmless) Escape(decoder);
}

// Whether `step` came to its end; if not, jpeg->trouble says why.
bool Succeeds(void (*step)(Jpeg*), Jpeg* jpeg) {
  if (setjmp(jpeg->escape) != 0) return false;
  step(jpeg);
  return true;
}

void ReadJpegHeader(Jpeg* jpeg) {
  jpeg_decompress_struct& decoder = jpeg->decoder;
  decoder.err = jpeg_std_error(&jpeg->errors);
  jpeg->errors.error_exit = Escape;
  jpeg->errors.emit_message = EscapeOnDamage;
  decoder.client_data = jpeg;
  jpeg_create_decompress(&decoder);
  jpeg_mem_src(&decoder, reinterpret_cast<const unsigned char*>(jpeg->bytes.data()), jpeg->bytes.size());
  jpeg_read_header(&decoder, TRUE);
  const bool inks = decoder.jpeg_color_space == JCS_CMYK || decoder.jpeg_color_space == JCS_YCCK;
  decoder.out_color_space = inks ? JCS_CMYK : JCS_RGB;
}

// Each ink lets its share of a colour through, and black its share of all. Adobe's files hold these shares; others hold
// the amounts of ink.
void CmykToRgb(const std::vector<uint8_t>& cmyk, bool adobe, uint8_t* rgb) {
  for (size_t i = 0; i < cmyk.size(); i += 4) {
    const auto share = [&](size_t k) { return adobe ? cmyk[i + k] : 255 - cmyk[i + k]; };
    for (size_t k = 0; k < 3; ++k) *rgb++ = static_cast<uint8_t>((share(k) * share(3) + 127) / 255);
  }
}

void ReadJpegPixels(Jpeg* jpeg) {
  jpeg_decompress_struct& decoder = jpeg->decoder;
  jpeg_start_decompress(&decoder);
  while (decoder.output_scanline < decoder.output_height) {
    uint8_t* rgb = jpeg->rgb + size_t{3} * decoder.output_width * decoder.output_scanline;
    uint8_t* row = jpeg->cmyk_row.empty() ? rgb : jpeg->cmyk_row.data();
    jpeg_read_scanlines(&decoder, &row, 1);
    if (row != rgb) CmykToRgb(jpeg->cmyk_row, decoder.saw_Adobe_marker, rgb);
  }
  jpeg_finish_decompress(&decoder);
}

absl::StatusOr<Image> DecodeJpeg(const std::string& name, std::string_view bytes) {
  Jpeg jpeg(bytes);
  const auto damaged = [&] { return Bad(name, absl::StrCat("damaged JPEG: ", jpeg.trouble)); };
  if (!Succeeds(ReadJpegHeader, &jpeg)) return damaged();
  const int64_t height = jpeg.decoder.image_height, width = jpeg.decoder.image_width;
  if (absl::Status status = CheckSize(name, height, width); !status.ok()) return status;
  Image image(height, width);
  jpeg.rgb = image.rgb.data();
  if (jpeg.decoder.out_color_space == JCS_CMYK) jpeg.cmyk_row.resize(4 * width);
  if (!Succeeds(ReadJpegPixels, &jpeg)) return damaged();
  return image;
}

// Whether a PNG file has all its chunks (big-endian length, type, content, checksum) to the last one, IEND. libpng
// stops at the last pixel.
bool HasEnd(std::string_view png) {
  for (uint64_t at = kPngMagic.size(); at + 12 <= png.size();) {
    uint64_t length = 0;
    for (uint64_t i = 0; i < 4; ++i) length = length << 8 | static_cast<uint8_t>(png[at + i]);
    if (png.substr(at + 4, 4) == "IEND") return true;
    at += 12 + length;
  }
  return false;
}

void LayOnWhite(const std::vector<uint8_t>& rgba, std::vector<uint8_t>* rgb) {
  for (size_t i = 0; i < rgb->size(); ++i) {
    const int value = rgba[i / 3 * 4 + i % 3], alpha = rgba[i / 3 * 4 + 3];
    (*rgb)[i] = static_cast<uint8_t>((alpha * value + (255 - alpha) * 255 + 127) / 255);
  }
}

absl::StatusOr<Image> DecodePng(const std::string& name, std::string_view bytes) {
  png_image png{};
  const std::unique_ptr<png_image, void (*)(png_image*)> freed(&png, png_image_free);
  png.version = PNG_IMAGE_VERSION;
  const auto damaged = [&] { return Bad(name, absl::StrCat("damaged PNG: ", png.message)); };
  if (!png_image_begin_read_from_memory(&png, bytes.data(), bytes.size())) return damaged();
  if (absl::Status status = CheckSize(name, png.height, png.width); !status.ok()) return status;
  const bool transparent = png.format & PNG_FORMAT_FLAG_ALPHA;
  png.format = transparent ? PNG_FORMAT_RGBA : PNG_FORMAT_RGB;
  png.flags |= PNG_IMAGE_FLAG_16BIT_sRGB;  // samples of 16 bits mean what those of 8 mean, only finer
  Image image(png.height, png.width);
  std::vector<uint8_t> rgba(transparent ? PNG_IMAGE_SIZE(png) : 0);
  if (!png_image_finish_read(&png, nullptr, transparent ? rgba.data() : image.rgb.data(), 0, nullptr)) return damaged();
  if (!HasEnd(bytes)) return Bad(name, "damaged PNG: it ends too early");
  if (transparent) LayOnWhite(rgba, &image.rgb);
  return image;
}

}  // namespace

absl::StatusOr<Image> DecodeImage(const std::string& name, std::string_view bytes) {
  if (bytes.starts_with(kJpegMagic)) return DecodeJpeg(name, bytes);
  if (bytes.starts_with(kPngMagic)) return DecodePng(name, bytes);
  if (bytes.empty()) return Bad(name, "the file is empty");
  std::string begin;
  for (char byte : bytes.substr(0, 4)) absl::StrAppendFormat(&begin, " %02x", static_cast<uint8_t>(byte));
  return Bad(name, absl::StrCat("neither a JPEG nor a PNG file: it begins with", begin));
}

bool HasImageName(const std::string& name) {
  const std::filesystem::path file(name);
  std::string extension = file.extension().string();
  for (char& letter : extension) letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  if (extension != ".jpg" && extension != ".jpeg" && extension != ".png") return false;
  return std::none_of(file.begin(), file.end(),
                      [](const std::filesystem::path& word) { return word.string().starts_with('.'); });
}

}  // namespace dl
