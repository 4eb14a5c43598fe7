// Data sets by name: the generated ones, which need nothing, and the real ones, which need a folder of files.
#ifndef DATASETS_CATALOG_H_
#define DATASETS_CATALOG_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "datasets/dataset.h"

namespace dl {

// Every name that LoadDataset knows, the default one, "glyphs", first.
std::vector<std::string> DatasetNames();

struct LoadOptions {
  std::string folder = {};  // of the real data sets; empty: see DatasetsFolder
  int64_t train_size = 0;   // examples; 0: all of a real data set, 10,000 glyphs or shapes, 1,000 points
  int64_t test_size = 0;    // examples; 0: all of a real data set, 2,000 glyphs or shapes, 500 points
  uint64_t seed = 1;        // of the generated data sets
};

// The data set `name`. A real one is read from <folder>/<name>/{train,t10k}-{images-idx3,labels-idx1}-ubyte[.gz], and
// of each part the first examples are taken where a size is given. InvalidArgument on an unknown name or an impossible
// size, NotFound on a missing file, DataLoss on a damaged one.
absl::StatusOr<TrainTest> LoadDataset(const std::string& name, const LoadOptions& options = {});

// `folder` where it is not empty, else $DL_DATASETS, else $XDG_CACHE_HOME/deep-learning/datasets, else
// ~/.cache/deep-learning/datasets; a relative path is the user's.
std::string DatasetsFolder(const std::string& folder);

}  // namespace dl

#endif  // DATASETS_CATALOG_H_
