#include "modules/cnn/window_tables.h"

#include "absl/strings/str_cat.h"
#include "modules/cnn/vgg.h"

namespace dl {
namespace {

constexpr Window kConvolution = {.kernel = 3, .padding = 1};
constexpr Window kHalving = {.kernel = 3, .stride = 2, .padding = 1};

// The 3x3 convolutions of ResNet-50's 3, 4, 6 and 3 units; `halves` says which of them have stride 2.
std::vector<Window> ResNet50(bool (*halves)(int stage, int unit, int units)) {
  std::vector<Window> windows = {{.kernel = 7, .stride = 2, .padding = 3}, kHalving};
  const int units[] = {3, 4, 6, 3};
  for (int stage = 0; stage < 4; ++stage) {
    for (int unit = 0; unit < units[stage]; ++unit) {
      windows.push_back(halves(stage, unit, units[stage]) ? kHalving : kConvolution);
    }
  }
  return windows;
}

}  // namespace

WindowTable AlexNetV2Windows() {
  const Window pool = {.kernel = 3, .stride = 2};
  return {"alexnet_v2",
          {{.kernel = 11, .stride = 4},
           pool,
           {.kernel = 5, .padding = 2},
           pool,
           kConvolution,
           kConvolution,
           kConvolution,
           pool}};
}

WindowTable VggWindows(int64_t depth) {
  WindowTable table = {absl::StrCat("vgg", depth), {}};
  for (const std::vector<int64_t>& stage : Vgg(depth).stages) {
    table.windows.insert(table.windows.end(), stage.size(), kConvolution);
    table.windows.push_back({.kernel = 2, .stride = 2});
  }
  return table;
}

WindowTable ResNet50Windows() {
  return {"resnet50", ResNet50([](int stage, int unit, int) { return stage > 0 && unit == 0; })};
}

WindowTable ResNet50StrideLastWindows() {
  return {"resnet50_stride_last",
          ResNet50([](int stage, int unit, int units) { return stage < 3 && unit == units - 1; })};
}

}  // namespace dl
