// What tests of data sets write: pictures and archives.
#ifndef DATASETS_TESTING_H_
#define DATASETS_TESTING_H_

#include <map>
#include <string>

#include "datasets/image.h"

namespace dl {

// A new, empty folder below the test's own.
std::string EmptyFolder(const std::string& name);

// The bytes of `image` as a PNG file.
std::string PngBytes(const Image& image);

using Files = std::map<std::string, std::string>;  // path: content

// Writes the files below `folder`, and the folders that they lie in.
void WriteFiles(const std::string& folder, const Files& files);

// Writes an archive of the files; the end of `path`, .tar, .tar.gz or .zip, says of which kind.
void WriteArchive(const std::string& path, const Files& files);

}  // namespace dl

#endif  // DATASETS_TESTING_H_
