#include "datasets/points.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>
#include <utility>

#include "modules/base/check.h"

namespace dl {
namespace {

using Point = std::array<float, 2>;

constexpr float kPi = std::numbers::pi_v<float>;

// `count` points, as evenly over the classes as may be; `at(c, t)` is the point of class c at the fraction t of its
// curve: t = i / n for the i-th of n points, or i / (n - 1) where `with_end`.
Dataset Scatter(std::string name, int64_t count, std::vector<std::string> class_names, bool with_end, Random* random,
                const std::function<Point(int64_t c, float t)>& at) {
  const auto classes = static_cast<int64_t>(class_names.size());
  DL_CHECK(count >= 0) << name << ": count is " << count;
  Dataset set{std::move(name), {2}, std::vector<float>(2 * count), std::vector<int32_t>(count), std::move(class_names)};
  std::vector<float>& values = std::get<std::vector<float>>(set.values);
  const std::vector<int64_t> order = random->Permutation(count);
  for (int64_t i = 0; i < count; ++i) {
    const int64_t c = i % classes, rank = i / classes;
    const int64_t members = (count - c + classes - 1) / classes;
    const int64_t steps = with_end ? std::max<int64_t>(members - 1, 1) : members;
    const Point point = at(c, static_cast<float>(rank) / static_cast<float>(steps));
    values[2 * order[i]] = point[0];
    values[2 * order[i] + 1] = point[1];
    set.labels[order[i]] = static_cast<int32_t>(c);
  }
  return set;
}

std::vector<std::string> Numbered(const std::string& word, int64_t n) {
  std::vector<std::string> names;
  for (int64_t i = 0; i < n; ++i) names.push_back(word + " " + std::to_string(i));
  return names;
}

Point Shake(Point p, float noise, Random* random) {
  const float dx = noise * random->Normal();
  return {p[0] + dx, p[1] + noise * random->Normal()};
}

}  // namespace

Dataset MakeMoons(const MoonsOptions& options, Random random) {
  return Scatter("moons", options.count, {"outer", "inner"}, true, &random, [&](int64_t c, float t) {
    const float x = std::cos(kPi * t), y = std::sin(kPi * t);
    return Shake(c == 0 ? Point{x, y} : Point{1 - x, 0.5f - y}, options.noise, &random);
  });
}

Dataset MakeCircles(const CirclesOptions& options, Random random) {
  DL_CHECK(options.factor >= 0 && options.factor < 1) << "MakeCircles: factor is " << options.factor;
  return Scatter("circles", options.count, {"outer", "inner"}, false, &random, [&](int64_t c, float t) {
    const float radius = c == 0 ? 1.0f : options.factor;
    return Shake({radius * std::cos(2 * kPi * t), radius * std::sin(2 * kPi * t)}, options.noise, &random);
  });
}

Dataset MakeSpirals(const SpiralsOptions& options, Random random) {
  DL_CHECK(options.arms >= 1) << "MakeSpirals: arms is " << options.arms;
  return Scatter("spirals", options.count, Numbered("arm", options.arms), true, &random, [&](int64_t c, float t) {
    const float angle = 4 * (static_cast<float>(c) + t) + options.noise * random.Normal();
    return Point{t * std::sin(angle), t * std::cos(angle)};
  });
}

Dataset MakeBlobs(const BlobsOptions& options, Random random) {
  const auto classes = static_cast<int64_t>(options.centres.size());
  DL_CHECK(classes >= 1) << "MakeBlobs: no centres";
  return Scatter("blobs", options.count, Numbered("blob", classes), false, &random,
                 [&](int64_t c, float) { return Shake(options.centres[c], options.spread, &random); });
}

}  // namespace dl
