// Photos and drawings from JPEG and PNG files.
#ifndef DATASETS_IMAGE_FILE_H_
#define DATASETS_IMAGE_FILE_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "datasets/image.h"

namespace dl {

inline constexpr int64_t kMostImagePixels = 64'000'000;

// The picture that `bytes`, the content of a JPEG or PNG file, hold; the content says which of the two, not the name.
//   JPEG: 8 bits a sample; grey, colour, and CMYK without regard to inks' profiles. Exif's orientation is not applied.
//   PNG:  every kind (palette, grey, 1 to 16 bits, interlaced), brought to 8-bit sRGB. What is transparent shows the
//         white paper behind it, as in a viewer: a · value + (1 - a) · 255.
// DataLoss where they are something else, empty, damaged, cut off anywhere (also where enough is left to make up the
// rest, as viewers do) or show more than kMostImagePixels; its line says `name`, which is the file's, and why.
absl::StatusOr<Image> DecodeImage(const std::string& name, std::string_view bytes);

// Whether a file of that name is taken for a picture: it ends in .jpg, .jpeg or .png, in letters of either case, and
// neither it nor a folder in `name` is hidden.
bool HasImageName(const std::string& name);

}  // namespace dl

#endif  // DATASETS_IMAGE_FILE_H_
