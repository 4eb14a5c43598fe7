// Networks for ImageNet as tables of windows, for what can be said of them without their weights.
#ifndef MODULES_CNN_WINDOW_TABLES_H_
#define MODULES_CNN_WINDOW_TABLES_H_

#include <string>
#include <vector>

#include "modules/cnn/window.h"

namespace dl {

// The windows from the image to the last map, along the path that sees most; 1x1 windows of stride 1 are left out.
struct WindowTable {
  std::string name;  // "resnet50"
  std::vector<Window> windows;
};

WindowTable AlexNetV2Windows();           // as TF-slim has it
WindowTable VggWindows(int64_t depth);    // 11, 13, 16 or 19
WindowTable ResNet50Windows();            // torchvision: the first unit of a stage halves the map
WindowTable ResNet50StrideLastWindows();  // TF-slim: the last unit of a stage does, ahead of the next stage

}  // namespace dl

#endif  // MODULES_CNN_WINDOW_TABLES_H_
