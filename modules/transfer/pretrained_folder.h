// Where the weights that others trained lie on this machine.
#ifndef MODULES_TRANSFER_PRETRAINED_FOLDER_H_
#define MODULES_TRANSFER_PRETRAINED_FOLDER_H_

#include <string>

namespace dl {

// `folder` where it is not empty, else $DL_PRETRAINED, else $DL_DATASETS/../pretrained where that exists, else
// $XDG_CACHE_HOME/deep-learning/pretrained, else ~/.cache/deep-learning/pretrained; a relative path is the user's.
std::string PretrainedFolder(const std::string& folder);

}  // namespace dl

#endif  // MODULES_TRANSFER_PRETRAINED_FOLDER_H_
