// Where the weights that others trained lie on this machine.
#ifndef DATASETS_PRETRAINED_FOLDER_H_
#define DATASETS_PRETRAINED_FOLDER_H_

#include <string>

namespace dl {

// `folder` where it is not empty, else $DL_PRETRAINED, else $DL_DATASETS/../pretrained where that exists, else
// CacheFolder()/pretrained (catalog.h); a relative path is the user's.
std::string PretrainedFolder(const std::string& folder);

}  // namespace dl

#endif  // DATASETS_PRETRAINED_FOLDER_H_
