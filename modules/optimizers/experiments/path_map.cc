#include "modules/optimizers/experiments/path_map.h"

#include <cmath>

namespace dl {
namespace {

constexpr double kVisible = 1.0 / 300;  // of a window's width or height
constexpr size_t kMostVisible = 500;

}  // namespace

std::vector<int64_t> VisibleSteps(const Window& window, const Walk& walk, int64_t end) {
  std::vector<int64_t> visible = {0};
  for (int64_t t = 1; t <= end; ++t) {
    const Point p = walk.points[t], before = walk.points[visible.back()];
    const bool moved = !(std::abs(p.x - before.x) <= kVisible * (window.right - window.left) &&
                         std::abs(p.y - before.y) <= kVisible * (window.top - window.bottom));
    if ((moved && visible.size() < kMostVisible) || t == end) visible.push_back(t);
  }
  return visible;
}

void PathMap::AddPanel(const std::string& title, const Surface& surface, int64_t grid) {
  title_ = title;
  surface_ = surface;
  ++panel_;
  const Window& w = surface.window;
  const auto between = [grid](double from, double to, int64_t i) {
    return from + (to - from) * static_cast<double>(i) / static_cast<double>(grid - 1);
  };
  for (int64_t j = 0; j < grid; ++j) {
    for (int64_t i = 0; i < grid; ++i) {
      const Point p = {between(w.left, w.right, i), between(w.bottom, w.top, j)};
      table_.AddRow({"grid", panel_, title, "", "", p.x, p.y, surface.value(p) - surface.minimum});
    }
  }
  for (const Point p : surface.minimisers) table_.AddRow({"minimum", panel_, title, "", "", p.x, p.y, 0});
}

void PathMap::AddPath(const std::string& walker, const Walk& walk, int64_t end) {
  for (const int64_t t : VisibleSteps(surface_.window, walk, end)) {
    table_.AddRow(
        {"path", panel_, title_, walker, t, walk.points[t].x, walk.points[t].y, walk.values[t] - surface_.minimum});
  }
}

}  // namespace dl
