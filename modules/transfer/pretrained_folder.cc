#include "modules/transfer/pretrained_folder.h"

#include <cstdlib>
#include <filesystem>

#include "datasets/catalog.h"
#include "modules/base/file.h"

namespace dl {

std::string PretrainedFolder(const std::string& folder) {
  if (!folder.empty()) return UserPath(folder);
  const char* chosen = std::getenv("DL_PRETRAINED");
  if (chosen != nullptr && *chosen != '\0') return UserPath(chosen);
  const std::string beside = DatasetsFolder("") + "/../pretrained";
  std::error_code ignored;
  return std::filesystem::exists(beside, ignored) ? beside : CacheFolder() + "/pretrained";
}

}  // namespace dl
