#include "modules/optimizers/experiments/surfaces.h"

#include <cmath>

#include "gtest/gtest.h"

namespace dl {
namespace {

std::vector<Surface> All() { return ParseSurfaces({"all"}).value(); }

Surface Named(const std::string& name) { return ParseSurfaces({name}).value()[0]; }

TEST(SurfacesTest, NothingIsBelowTheMinimaAndTheyAreLevel) {
  constexpr int kGrid = 200;
  for (const Surface& surface : All()) {
    for (Point p : surface.minimisers) {
      EXPECT_NEAR(surface.value(p), surface.minimum, 1e-12) << surface.name;
      EXPECT_NEAR(std::hypot(surface.Gradient(p).x, surface.Gradient(p).y), 0, 1e-8) << surface.name;
      EXPECT_TRUE(surface.window.left < p.x && p.x < surface.window.right) << surface.name;
      EXPECT_TRUE(surface.window.bottom < p.y && p.y < surface.window.top) << surface.name;
    }
    const Window& w = surface.window;
    for (int i = 0; i <= kGrid; ++i) {
      for (int j = 0; j <= kGrid; ++j) {
        const Point p = {w.left + (w.right - w.left) * i / kGrid, w.bottom + (w.top - w.bottom) * j / kGrid};
        ASSERT_GE(surface.value(p), surface.minimum - 1e-12) << surface.name << " at " << p.x << ", " << p.y;
      }
    }
  }
}

TEST(SurfacesTest, TheTapeAndThePlainNumbersAgree) {
  constexpr double kStep = 1e-6;
  for (const Surface& surface : All()) {
    for (Point p : {surface.start, Point{0.3, -0.7}, Point{-1.9, 1.1}}) {
      Tape tape;
      EXPECT_DOUBLE_EQ(surface.f(tape.Leaf(p.x), tape.Leaf(p.y)).value(), surface.value(p)) << surface.name;
      const Point gradient = surface.Gradient(p);
      const double dx = (surface.value({p.x + kStep, p.y}) - surface.value({p.x - kStep, p.y})) / (2 * kStep);
      const double dy = (surface.value({p.x, p.y + kStep}) - surface.value({p.x, p.y - kStep})) / (2 * kStep);
      EXPECT_NEAR(gradient.x, dx, 1e-5 * (1 + std::abs(dx))) << surface.name;
      EXPECT_NEAR(gradient.y, dy, 1e-5 * (1 + std::abs(dy))) << surface.name;
    }
  }
}

// Values that are published beside the functions, or follow by hand.
TEST(SurfacesTest, KnownValues) {
  EXPECT_NEAR(Named("rosenbrock").value({-1.2, 1}), 24.2, 1e-12);
  EXPECT_NEAR(Named("beale").value({1, 1}), 14.203125, 1e-12);
  EXPECT_NEAR(Named("himmelblau").value({0, 0}), 170, 1e-12);
  EXPECT_NEAR(Named("himmelblau").value({-0.270845, -0.923039}), 181.617, 1e-3);
  EXPECT_NEAR(Named("branin").minimum, 0.397887, 1e-6);
  EXPECT_NEAR(Named("rastrigin").value({1, -2}), 5, 1e-12);
  EXPECT_NEAR(Named("d2l").value({-5, -2}), 10.5, 1e-12);
  EXPECT_NEAR(Named("saddle").value({1, 2}), 2.5, 1e-12);
  EXPECT_NEAR(Named("valley_100").value({2, 3}), 452, 1e-12);
}

TEST(SurfacesTest, ATurnedValleyIsTheValleyTurned) {
  const Surface flat = Valley(10);
  const double h = std::sqrt(0.5);
  EXPECT_EQ(Valley(1).name, "bowl");
  EXPECT_EQ(flat.name, "valley_10");
  EXPECT_EQ(flat.value({1, 0}), 0.5);
  EXPECT_NEAR(Valley(10, 45).value({h, h}), 0.5, 1e-12);  // along
  EXPECT_NEAR(Valley(10, 45).value({-h, h}), 5, 1e-12);   // across
  EXPECT_EQ(Valley(10, 90).value({2, 3}), flat.value({3, -2}));
  for (double degrees : {0, 30, 45, 90}) {
    const Surface turned = Valley(10, degrees);
    EXPECT_NEAR(turned.value(turned.start), flat.value(flat.start), 1e-12) << degrees;
    EXPECT_NEAR(std::hypot(turned.Gradient(turned.start).x, turned.Gradient(turned.start).y),
                std::hypot(flat.Gradient(flat.start).x, flat.Gradient(flat.start).y), 1e-12);
  }
}

TEST(SurfacesTest, NamesAreParsedInOrder) {
  const auto two = ParseSurfaces({"beale", "bowl"});
  ASSERT_TRUE(two.ok()) << two.status();
  EXPECT_EQ((*two)[0].name, "beale");
  EXPECT_EQ((*two)[1].name, "bowl");
  EXPECT_EQ(All().size(), SurfaceNames().size());
  const std::string unknown(ParseSurfaces({"beal"}).status().message());
  EXPECT_EQ(unknown.rfind("unknown function 'beal'; did you mean 'beale'?; valid: bowl, ", 0), 0u) << unknown;
  EXPECT_EQ(ParseSurfaces({"bowl", "bowl"}).status().message(), "flag --function names bowl twice");
  EXPECT_EQ(ParseSurfaces({"all", "bowl"}).status().message(), "flag --function wants all, or names, not both");
  EXPECT_EQ(ParseSurfaces({}).status().message(), "flag --function wants one name at least, or all");
}

}  // namespace
}  // namespace dl
