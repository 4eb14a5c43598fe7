#include "datasets/idx.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "datasets/gzip_reader.h"

namespace dl {
namespace {

constexpr uint8_t kUnsignedByte = 0x08;
constexpr int64_t kMostBytes = int64_t{1} << 30;
constexpr size_t kPiece = size_t{1} << 24;  // bytes read at once, so that a false header costs no memory

absl::Status Bad(const std::string& path, const std::string& what) {
  return absl::DataLossError(absl::StrCat(path, ": ", what, "; replace it with a sound copy"));
}

std::string Kind(int rank) {
  const char* content = rank == 1 ? "labels" : rank == 3 ? "images" : "an array";
  return absl::StrFormat("%s (IDX magic %08x)", content, kUnsignedByte << 8 | rank);
}

absl::Status CheckMagic(const std::string& path, const std::array<uint8_t, 4>& magic, size_t found, int rank) {
  if (found < 4) return Bad(path, absl::StrCat("an IDX file begins with 4 bytes of magic, it holds ", found));
  if (magic[0] != 0 || magic[1] != 0) {
    return Bad(path, absl::StrFormat("not an IDX file: it begins with %02x %02x %02x %02x, %s was expected", magic[0],
                                     magic[1], magic[2], magic[3], Kind(rank)));
  }
  if (magic[2] != kUnsignedByte) {
    return Bad(path, absl::StrFormat("its elements are of IDX type %02x, unsigned bytes (08) were expected", magic[2]));
  }
  if (magic[3] != rank) return Bad(path, absl::StrCat("it holds ", Kind(magic[3]), ", expected were ", Kind(rank)));
  return absl::OkStatus();
}

absl::Status ReadShape(const std::string& path, int rank, GzipReader* file, Shape* shape) {
  std::vector<uint8_t> header(4 * rank);
  const absl::StatusOr<size_t> found = file->Read(absl::MakeSpan(header));
  if (!found.ok()) return found.status();
  if (*found < header.size()) {
    return Bad(path, absl::StrCat("truncated: its header has ", header.size(), " bytes of extents, it holds ", *found));
  }
  int64_t bytes = 1;
  for (int d = 0; d < rank; ++d) {
    const uint8_t* b = &header[4 * d];
    shape->push_back(int64_t{b[0]} << 24 | int64_t{b[1]} << 16 | int64_t{b[2]} << 8 | b[3]);
    bytes = bytes > kMostBytes ? bytes : bytes * shape->back();  // at most 2^30 · 2^32
  }
  if (bytes == 0 || bytes > kMostBytes) {
    return Bad(path,
               absl::StrCat("its header claims ", ToString(*shape), ", 1 to ", kMostBytes, " bytes were expected"));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<IdxArray> ReadIdx(const std::string& path, int rank) {
  absl::StatusOr<GzipReader> file = GzipReader::Open(path);
  if (!file.ok()) return file.status();
  std::array<uint8_t, 4> magic{};
  absl::StatusOr<size_t> found = file->Read(absl::MakeSpan(magic));
  if (!found.ok()) return found.status();
  if (absl::Status status = CheckMagic(path, magic, *found, rank); !status.ok()) return status;
  IdxArray array;
  if (absl::Status status = ReadShape(path, rank, &*file, &array.shape); !status.ok()) return status;

  const auto promised = static_cast<size_t>(NumElements(array.shape));
  while (array.values.size() < promised) {
    const size_t before = array.values.size();
    array.values.resize(std::min(before + kPiece, promised));
    found = file->Read(absl::MakeSpan(array.values).subspan(before));
    if (!found.ok()) return found.status();
    if (before + *found < array.values.size()) {
      return Bad(path, absl::StrCat("truncated: its header promises ", ToString(array.shape), ", ", promised,
                                    " bytes; it holds ", before + *found));
    }
  }
  uint8_t extra;
  found = file->Read(absl::MakeSpan(&extra, 1));
  if (!found.ok()) return found.status();
  if (*found > 0) {
    return Bad(path, absl::StrCat("oversized: its header promises ", ToString(array.shape), ", ", promised,
                                  " bytes; more follow"));
  }
  return array;
}

absl::StatusOr<Dataset> ReadIdxDataset(const std::string& name, const std::string& images_path,
                                       const std::string& labels_path, std::vector<std::string> class_names) {
  absl::StatusOr<IdxArray> images = ReadIdx(images_path, 3);
  if (!images.ok()) return images.status();
  const absl::StatusOr<IdxArray> labels = ReadIdx(labels_path, 1);
  if (!labels.ok()) return labels.status();
  if (images->shape[0] != labels->shape[0]) {
    return Bad(labels_path, absl::StrCat("it holds ", labels->shape[0], " labels, ", images->shape[0],
                                         " were expected, one for each image of ", images_path));
  }
  const auto wrong = std::find_if(labels->values.begin(), labels->values.end(),
                                  [&](uint8_t label) { return label >= class_names.size(); });
  if (wrong != labels->values.end()) {
    return Bad(labels_path,
               absl::StrCat("label ", static_cast<int>(*wrong), " of example ", wrong - labels->values.begin(),
                            "; 0 to ", class_names.size() - 1, " were expected"));
  }
  return Dataset{name,
                 {1, images->shape[1], images->shape[2]},
                 std::move(images->values),
                 {labels->values.begin(), labels->values.end()},
                 std::move(class_names)};
}

}  // namespace dl
