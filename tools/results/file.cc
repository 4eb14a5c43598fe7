#include "tools/results/file.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

namespace dl {

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  if (in.peek() != std::ifstream::traits_type::eof()) text << in.rdbuf();
  if (!in.is_open() || in.bad() || text.fail()) {
    return absl::NotFoundError("cannot read " + path + ": " + std::strerror(errno));
  }
  return text.str();
}

absl::Status WriteFile(const std::string& path, std::string_view text) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  if (!out) return absl::PermissionDeniedError("cannot open " + path + " for writing: " + std::strerror(errno));
  out.write(text.data(), static_cast<std::streamsize>(text.size()));
  out.close();
  if (!out) return absl::ResourceExhaustedError("cannot write " + path + ": " + std::strerror(errno));
  return absl::OkStatus();
}

}  // namespace dl
