#include "datasets/working_directory.h"

#include <cstdlib>
#include <filesystem>

namespace dl {

std::string UserPath(const std::string& path) {
  const char* folder = std::getenv("BUILD_WORKING_DIRECTORY");
  return (std::filesystem::path(folder ? folder : "") / path).string();  // an absolute `path` stands alone
}

}  // namespace dl
