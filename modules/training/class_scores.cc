#include "modules/training/class_scores.h"

#include <cmath>

namespace dl {
namespace {

// NaN for 0 / 0.
double Ratio(int64_t part, int64_t whole) { return static_cast<double>(part) / static_cast<double>(whole); }

double MeanOfDefined(absl::Span<const ClassScores> classes, double Scores::*score) {
  double sum = 0;
  int64_t count = 0;
  for (const ClassScores& c : classes) {
    const double value = c.scores.*score;
    if (std::isnan(value)) continue;
    sum += value;
    ++count;
  }
  return sum / static_cast<double>(count);
}

}  // namespace

std::vector<ClassScores> ScoreClasses(const ConfusionMatrix& matrix) {
  std::vector<ClassScores> classes;
  for (int64_t c = 0; c < matrix.classes; ++c) {
    const int64_t examples = matrix.RowTotal(c), predicted = matrix.ColumnTotal(c), correct = matrix.at(c, c);
    const Scores scores{Ratio(correct, predicted), Ratio(correct, examples), Ratio(2 * correct, examples + predicted)};
    classes.push_back({examples, predicted, correct, scores});
  }
  return classes;
}

Scores MacroAverage(absl::Span<const ClassScores> classes) {
  return {MeanOfDefined(classes, &Scores::precision), MeanOfDefined(classes, &Scores::recall),
          MeanOfDefined(classes, &Scores::f1)};
}

}  // namespace dl
