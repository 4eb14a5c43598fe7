// The program curl, which speaks HTTP for us: one transfer into one file, gone on with where the file ends.
#ifndef DATASETS_CURL_H_
#define DATASETS_CURL_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"

namespace dl {

struct CurlTransfer {
  std::string url;
  std::string path;            // the file that the bytes are appended to
  std::string etag_path = {};  // the file that the server's entity tag is written to; empty: it is not wanted
  std::string if_range = {};   // an entity tag: go on only where the server still has it; empty: go on in any case
  int64_t most_bytes = int64_t{1} << 32;  // of the file; one that grows beyond (by a little) is given up
  int stall_seconds = 30;                 // without 1 KiB a second, after which the server is given up
};

// How a transfer ended.
struct CurlEnd {
  int code = 0;             // curl's exit code, 0 where all that the server announced has come; see curl's manual
  int http_status = 0;      // of the last response; 0: none came
  bool has_length = false;  // the server said how many bytes to expect
  std::string error;        // curl's words where code is not 0
};

// curl's exit codes that call for an answer of their own.
inline constexpr int kCurlHttpError = 22, kCurlWriteError = 23, kCurlCannotResume = 33, kCurlTooManyRedirects = 47,
                     kCurlTooLarge = 63;

// Follows at most 10 redirects; only http and https. A bar on standard error shows the progress where that is a
// terminal. Unavailable where curl is not installed; Cancelled after Ctrl-C, when what has come stays in the file.
absl::StatusOr<CurlEnd> RunCurl(const CurlTransfer& transfer);

}  // namespace dl

#endif  // DATASETS_CURL_H_
