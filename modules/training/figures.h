// The figures of a run, drawn after it by the same programs and scripts that draw them for the book.
//
// $DL_FIGURES, which `bazel run //modules/NAME` sets, is a folder with figures.json: the figures' names, experiments
// and the commands that draw them (tools/module.bzl). Without it there are none.
#ifndef MODULES_TRAINING_FIGURES_H_
#define MODULES_TRAINING_FIGURES_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace dl {

// Draws the figures of `experiment` from its files in `directory`, and into it: NAME.svg, and NAME.gif of an animation.
// Returns the names of those drawn; of the others the drawing program says on standard error why they are missing.
// DataLoss where figures.json is damaged.
absl::StatusOr<std::vector<std::string>> DrawFigures(const std::string& experiment, const std::string& directory);

}  // namespace dl

#endif  // MODULES_TRAINING_FIGURES_H_
