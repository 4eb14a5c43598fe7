// Pictures that lie in one folder a class, torchvision's ImageFolder convention, in a folder or in an archive of one:
//
//   PATH/train/CLASS/FILE and PATH/test/CLASS/FILE (or val in place of test; where both are there, test is read)
//   PATH/CLASS/FILE, where those files are the test's, about 20 %, whose names' SHA-256 begins with 32 bits that, as a
//                    number, 5 divides: a file stays in its part, whatever is added
//
// All may lie in one more folder, as in most archives. FILE ends in .jpg, .jpeg or .png, in letters of either case;
// hidden files, and all that lie elsewhere, are ignored.
#ifndef DATASETS_IMAGE_FOLDER_H_
#define DATASETS_IMAGE_FOLDER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "datasets/dataset.h"

namespace dl {

struct ImageFolder {
  struct File {
    std::string name;  // below `path`
    int32_t label;
  };

  std::string path;
  std::string name;                      // the folder's or the archive's, without .tar, .tar.gz or .zip
  std::vector<std::string> class_names;  // those of the classes' folders, sorted
  // By name within a class, and the classes mixed evenly: of any number of first files, as of any number of last ones,
  // each class has about its share.
  std::vector<File> train, test;
  int64_t ignored = 0;  // files
};

// What the folder or archive at `path` holds; no picture is read yet. NotFound where it is not there or one of the
// parts has no picture; DataLoss where it is no sound archive, holds more than one such tree or one class only, or a
// class has no picture to learn from.
absl::StatusOr<ImageFolder> ListImageFolder(const std::string& path);

// The pictures of `files`, which are some of the folder's, as examples [3, image_size, image_size], resized and cropped
// (resize.h), by all threads. Errors as of ReadFiles (file_tree.h) and DecodeImage (image_file.h).
absl::StatusOr<Dataset> ReadImages(const ImageFolder& folder, absl::Span<const ImageFolder::File> files,
                                   int64_t image_size);

}  // namespace dl

#endif  // DATASETS_IMAGE_FOLDER_H_
