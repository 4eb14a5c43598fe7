// IDX, the file format of MNIST and its kin (LeCun, http://yann.lecun.com/exdb/mnist), plain or packed by gzip.
//
// Two zero bytes, one byte for the element type (8: unsigned bytes), one for the rank; then the extents as big-endian
// 32-bit numbers, outermost first; then the elements in row-major order, and nothing more.
#ifndef DATASETS_IDX_H_
#define DATASETS_IDX_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "datasets/dataset.h"

namespace dl {

struct IdxArray {
  Shape shape;
  std::vector<uint8_t> values;  // row-major
};

// The array of unsigned bytes in the file `path`, which must have the given rank: 3 for images [N, H, W], 1 for labels
// [N]. NotFound where the file cannot be read; DataLoss where it is damaged, cut off, too long, of another type or
// rank, or claims more than 1 GiB. The message names the file, what was expected and what was found.
absl::StatusOr<IdxArray> ReadIdx(const std::string& path, int rank);

// The images of one IDX file with the labels of another: examples [1, H, W]. DataLoss also where the two disagree in
// number, or a label is not below class_names.size().
absl::StatusOr<Dataset> ReadIdxDataset(const std::string& name, const std::string& images_path,
                                       const std::string& labels_path, std::vector<std::string> class_names);

}  // namespace dl

#endif  // DATASETS_IDX_H_
