// What `bazel run //datasets:fetch` knows how to get: addresses, sizes, hashes, licences and whom to cite, as data
// (fetch_catalogue.json).
#ifndef DATASETS_FETCH_CATALOGUE_H_
#define DATASETS_FETCH_CATALOGUE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace dl {

// One file of the world.
struct RemoteFile {
  std::string path;                  // below the folder of the data sets
  std::vector<std::string> urls;     // of the same bytes, the first to be asked first
  int64_t bytes = 0;                 // 0: nobody has published it
  std::string sha256 = {};           // 64 lower-case digits; empty: nobody has published it
  std::string unpacked_sha256 = {};  // of the content of a .gz, where mirrors pack the same content differently
};

// A data set or a trained network: files that belong together.
struct Fetchable {
  std::string name, title, licence, citation;
  std::vector<RemoteFile> files;
};

using FetchCatalogue = std::vector<Fetchable>;

// The project's own.
const FetchCatalogue& OwnFetchCatalogue();

// The catalogue that `json` holds: an array of objects with the members of Fetchable, each file an object with those of
// RemoteFile, of which only the path and one address must be there. InvalidArgument, with the entry's name, on anything
// else, on a path that leaves the folder, an address that is not http or https, a hash that is none, a name used twice.
absl::StatusOr<FetchCatalogue> ParseFetchCatalogue(std::string_view json);

// The entry called `name`, where dashes, underscores and case do not matter. InvalidArgument, with the nearest name.
absl::StatusOr<Fetchable> FindFetchable(const FetchCatalogue& catalogue, const std::string& name);

// All names, in the catalogue's order.
std::vector<std::string> FetchableNames(const FetchCatalogue& catalogue);

}  // namespace dl

#endif  // DATASETS_FETCH_CATALOGUE_H_
