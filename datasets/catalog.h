// Data sets by name: the generated ones, which need nothing, and the real ones, which need a folder of files.
#ifndef DATASETS_CATALOG_H_
#define DATASETS_CATALOG_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "datasets/dataset.h"

namespace dl {

// Every name that LoadDataset knows, the default one, "glyphs", first; "folder:PATH" stands for all of its kind.
std::vector<std::string> DatasetNames();

struct LoadOptions {
  std::string folder = {};  // of the real data sets; empty: see DatasetsFolder
  int64_t train_size = 0;   // examples; 0: all of a real data set, 10,000 glyphs or shapes, 1,000 points
  int64_t test_size = 0;    // examples; 0: all of a real data set, 2,000 glyphs or shapes, 500 points
  uint64_t seed = 1;        // of the generated data sets
  int64_t image_size = 32;  // pixels a side, of a folder's pictures
};

// The data set `name`. glyphs:DIFFICULTY and shapes:DIFFICULTY are harder beyond 1, easier below, down to 0 (glyphs.h,
// shapes.h). A real one is read from files, and of each part the first examples are taken where a size is given, without
// looking at those that follow:
//   mnist, fashion-mnist  <folder>/<name>/{train,t10k}-{images-idx3,labels-idx1}-ubyte[.gz]
//   cifar10               the first that is there of <folder>/cifar-10-batches-bin, <folder>/cifar-10-binary.tar.gz
//                         (cifar10.h) and, of the lossy copy, <folder>/cifar10-jpeg.tar, <folder>/cifar10-jpeg; the set
//                         is named "CIFAR-10" or "CIFAR-10 (JPEG copy)", and results are to say which
//   folder:PATH           the user's pictures in a folder or an archive (image_folder.h), whose name the set gets; a
//                         note on standard error counts the files that are ignored
// First examples hold about as much of each class as the whole does: generated sets by turns, the JPEG copy and folders
// by image_folder.h, the others as their authors shuffled them. InvalidArgument on an unknown name or an impossible
// size, NotFound on a missing file, DataLoss on a damaged one.
absl::StatusOr<TrainTest> LoadDataset(const std::string& name, const LoadOptions& options = {});

// `folder` where it is not empty, else $DL_DATASETS, else $XDG_CACHE_HOME/deep-learning/datasets, else
// ~/.cache/deep-learning/datasets; a relative path is the user's.
std::string DatasetsFolder(const std::string& folder);

}  // namespace dl

#endif  // DATASETS_CATALOG_H_
