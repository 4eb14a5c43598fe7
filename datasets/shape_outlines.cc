#include "datasets/shape_outlines.h"

#include <algorithm>
#include <cmath>

namespace dl {
namespace {

constexpr int kHalvings = 4;  // an arc of a quarter circle is 16 straight pieces

// The arc around `center` from a to b, of less than half a circle and without b, halved `halvings` times; appended.
void AddArc(Place center, Place a, Place b, Outline* outline, int halvings = kHalvings) {
  if (halvings == 0) {
    outline->push_back(a);
    return;
  }
  const float ax = a.x - center.x, ay = a.y - center.y;
  const float mx = ax + b.x - center.x, my = ay + b.y - center.y;
  const float scale = std::sqrt((ax * ax + ay * ay) / (mx * mx + my * my));
  const Place middle = {center.x + scale * mx, center.y + scale * my};
  AddArc(center, a, middle, outline, halvings - 1);
  AddArc(center, middle, b, outline, halvings - 1);
}

Outline Circle(float radius) {
  const Place corners[] = {{50 + radius, 50}, {50, 50 + radius}, {50 - radius, 50}, {50, 50 - radius}};
  Outline circle;
  for (int i = 0; i < 4; ++i) AddArc({50, 50}, corners[i], corners[(i + 1) % 4], &circle);
  return circle;
}

std::vector<Outline> Ring() {
  Outline hole = Circle(25);
  std::reverse(hole.begin(), hole.end());
  return {Circle(46), hole};
}

// A disc out of which another one is cut, whose edge passes through the horns (82, 12) and (82, 88).
Outline Crescent() {
  const Place top = {82, 12}, bottom = {82, 88};
  constexpr Place kOuter = {60, 50}, kInner = {89, 50};
  Outline crescent;
  const float radius = std::sqrt(22.0f * 22.0f + 38.0f * 38.0f), inner = std::sqrt(7.0f * 7.0f + 38.0f * 38.0f);
  const Place back = {kOuter.x - radius, 50}, front = {kInner.x - inner, 50};
  AddArc(kOuter, top, back, &crescent);
  AddArc(kOuter, back, bottom, &crescent);
  AddArc(kInner, bottom, front, &crescent);
  AddArc(kInner, front, top, &crescent);
  return crescent;
}

// A square on its corner with half discs on its upper sides.
Outline Heart() {
  Outline heart = {{50, 89}};
  AddArc({67.5f, 36.5f}, {85, 54}, {85, 19}, &heart);
  AddArc({67.5f, 36.5f}, {85, 19}, {50, 19}, &heart);
  AddArc({32.5f, 36.5f}, {50, 19}, {15, 19}, &heart);
  AddArc({32.5f, 36.5f}, {15, 19}, {15, 54}, &heart);
  heart.push_back({15, 54});
  return heart;
}

}  // namespace

const std::vector<NamedShape>& ShapeOutlines() {
  // clang-format off
  static const auto& shapes = *new std::vector<NamedShape>{
      {"circle", {Circle(43)}},
      {"ring", Ring()},
      {"square", {{{12, 12}, {88, 12}, {88, 88}, {12, 88}}}},
      {"triangle", {{{50, 4}, {97, 85}, {3, 85}}}},
      {"star", {{{50, -4}, {63.5f, 34.4f}, {104.2f, 35.4f}, {71.9f, 60.1f}, {83.5f, 99.1f}, {50, 76}, {16.5f, 99.1f},
                 {28.1f, 60.1f}, {-4.2f, 35.4f}, {36.5f, 34.4f}}}},
      {"cross", {{{35, 2}, {65, 2}, {65, 35}, {98, 35}, {98, 65}, {65, 65}, {65, 98}, {35, 98}, {35, 65}, {2, 65},
                  {2, 35}, {35, 35}}}},
      {"crescent", {Crescent()}},
      {"heart", {Heart()}},
      {"arrow", {{{50, 0}, {92, 44}, {65, 44}, {65, 98}, {35, 98}, {35, 44}, {8, 44}}}},
      {"hexagon", {{{98, 50}, {74, 91.6f}, {26, 91.6f}, {2, 50}, {26, 8.4f}, {74, 8.4f}}}},
  };
  // clang-format on
  return shapes;
}

}  // namespace dl
