#include "modules/backprop/experiments/decision_boundary.h"

#include <algorithm>
#include <cmath>
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "gtest/gtest.h"
#include "modules/training/testing.h"

namespace dl {
namespace {

absl::StatusOr<ExperimentResult> RunWith(const std::vector<std::string>& arguments) {
  DecisionBoundary experiment;
  return testing::RunExperiment(experiment, arguments);
}

double NumberOf(const std::string& text) {
  double number = -1;
  EXPECT_TRUE(absl::SimpleAtod(text, &number)) << text;
  return number;
}

TEST(DecisionBoundaryTest, FramesHoldThePointsAndTheProbabilitiesOfTheGrid) {
  const auto result = RunWith({"--datasets=moons,spirals", "--train_size=30", "--test_size=60", "--hidden=8",
                               "--learning_rates=0.01", "--epochs=4", "--frames=0,1,4", "--grid=5", "--seeds=1,2"});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->metrics.rows().size(), 2u * 2u * 2u * 4u);  // data sets, models, seeds, epochs
  ASSERT_EQ(result->summary.rows().size(), 4u);
  EXPECT_EQ(result->summary.rows()[3][3], std::to_string((2 + 1) * 8 + (8 + 1) * 3));
  int64_t points = 0, places = 0;
  std::vector<std::string> lines = absl::StrSplit(result->files.at("frames.csv"), '\n', absl::SkipEmpty());
  EXPECT_EQ(lines[0], "kind,dataset,panel,epoch,x,y,class,p0,p1,p2");
  for (size_t i = 1; i < lines.size(); ++i) {
    const std::vector<std::string> fields = absl::StrSplit(lines[i], ',');
    points += fields[0] == "point";
    if (fields[0] != "grid") continue;
    ++places;
    EXPECT_NEAR(NumberOf(fields[7]) + NumberOf(fields[8]) + NumberOf(fields[9]), 1, 2e-3);  // three decimals each
    EXPECT_EQ(fields[9] == "0.000", fields[1] == "moons") << lines[i];                      // which has two classes
  }
  EXPECT_EQ(points, 2 * 30);
  EXPECT_EQ(places, 2 * 3 * 5 * 5);
}

// A frame is in the coordinates of the points: places beside a training point belong to its class, once that is
// learned.
TEST(DecisionBoundaryTest, TheLastFrameFitsThePoints) {
  const auto result = RunWith({"--datasets=moons", "--train_size=100", "--test_size=60", "--hidden=16", "--seeds=1",
                               "--learning_rates=0.03", "--epochs=60", "--frames=60", "--grid=24"});
  ASSERT_TRUE(result.ok()) << result.status();
  struct Place {
    double x, y;
    bool second;  // of two classes
  };
  std::vector<Place> points, places;
  const std::vector<std::string> lines = absl::StrSplit(result->files.at("frames.csv"), '\n', absl::SkipEmpty());
  for (size_t i = 1; i < lines.size(); ++i) {
    const std::vector<std::string> fields = absl::StrSplit(lines[i], ',');
    const bool point = fields[0] == "point";
    const bool second = point ? fields[6] == "1" : NumberOf(fields[8]) > 0.5;
    (point ? points : places).push_back({NumberOf(fields[4]), NumberOf(fields[5]), second});
  }
  int64_t right = 0;
  for (const Place& point : points) {
    const auto distance = [&](const Place& p) { return std::hypot(p.x - point.x, p.y - point.y); };
    right += std::min_element(places.begin(), places.end(), [&](const Place& a, const Place& b) {
               return distance(a) < distance(b);
             })->second == point.second;
  }
  EXPECT_EQ(points.size(), 100u);
  EXPECT_GE(right, 95);
}

TEST(DecisionBoundaryTest, AHiddenLayerSeparatesCirclesAndALineDoesNot) {
  const auto result = RunWith({"--datasets=circles", "--hidden=16", "--learning_rates=0.001,0.03,0.0003", "--epochs=30",
                               "--frames=0", "--grid=2", "--seeds=1"});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_LT(NumberOf(result->summary.rows()[0][9]), 0.7);
  EXPECT_GT(NumberOf(result->summary.rows()[1][9]), 0.95);
  EXPECT_EQ(result->summary.rows()[1][4], "0.03");  // thirty epochs are few for the other rates
}

TEST(DecisionBoundaryTest, ImpossibleFlagsAreRefusedBeforeAnythingRuns) {
  const auto message = [](const std::string& flag) {
    const absl::Status status = RunWith({flag}).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << flag;
    return std::string(status.message());
  };
  EXPECT_EQ(message("--datasets=moon"),
            "unknown dataset 'moon'; did you mean 'moons'?; valid: moons, circles, spirals, blobs");
  EXPECT_EQ(message("--datasets="), "flag --datasets wants at least one value");
  EXPECT_EQ(message("--seeds="), "flag --seeds wants at least one seed");
  EXPECT_EQ(message("--epochs=-1"), "flag --epochs wants a number of 1 or more, not -1");
  EXPECT_EQ(message("--batch_size=0"), "flag --batch_size wants a number of 1 to 300 (--train_size), not 0");
  EXPECT_EQ(message("--train_size=2"), "flag --train_size wants a number of 3 or more, not 2");
  EXPECT_EQ(message("--hidden="), "flag --hidden wants at least one value");
  EXPECT_EQ(message("--hidden=0"), "flag --hidden wants numbers of 1 to 4096, not 0");
  EXPECT_EQ(message("--learning_rates=nan"), "flag --learning_rates wants finite numbers, not nan");
  EXPECT_EQ(message("--frames=0,201"), "flag --frames wants numbers of 0 to 200 (--epochs), not 201");
  EXPECT_EQ(message("--grid=1"), "flag --grid wants a number of 2 to 256, not 1");
  EXPECT_NE(message("--activation=tan").find("tanh"), std::string::npos);
}

}  // namespace
}  // namespace dl
