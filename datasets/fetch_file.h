// Getting one file: from its addresses in turn, gone on with after any break, and put in its place only once its hash
// is right.
#ifndef DATASETS_FETCH_FILE_H_
#define DATASETS_FETCH_FILE_H_

#include <string>

#include "absl/status/statusor.h"
#include "datasets/fetch_catalogue.h"

namespace dl {

struct FetchOptions {
  std::string from = {};   // a folder of data sets to copy from, laid out as ours; empty: fetch from the addresses
  int tries = 4;           // of each address
  int stall_seconds = 30;  // without progress, after which a server is given up
};

struct FetchedFile {
  std::string sha256;
  bool was_there = false;
  bool pinned = false;  // for the first time: nobody has published the hash
};

// Makes `file` be at `path`, and makes the folder.
//
// What has come so far is `path`.part, which a later call goes on with, from any address where the hash is known, else
// from a server that still has the same entity tag. A lock on it makes a second call, of this program or another, wait
// for the first. A server whose bytes turn out wrong is asked once more from the start, then the next address.
// NotFound where no address answers, DataLoss where one gives something else, ResourceExhausted where the disk is full,
// PermissionDenied where it is not writable, Unavailable without curl, Cancelled after Ctrl-C; `path` is then what it
// was.
absl::StatusOr<FetchedFile> FetchFile(const RemoteFile& file, const std::string& path, const FetchOptions& options);

}  // namespace dl

#endif  // DATASETS_FETCH_FILE_H_
