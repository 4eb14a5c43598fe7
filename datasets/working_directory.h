// Where the user stands: `bazel run` starts a program in a folder of its own and names the user's in the environment.
#ifndef DATASETS_WORKING_DIRECTORY_H_
#define DATASETS_WORKING_DIRECTORY_H_

#include <string>

namespace dl {

// `path` as the user who typed it means it: a relative one below $BUILD_WORKING_DIRECTORY where that is set.
std::string UserPath(const std::string& path);

}  // namespace dl

#endif  // DATASETS_WORKING_DIRECTORY_H_
