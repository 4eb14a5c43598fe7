// Precision, recall and F1 of each class, and their averages.
#ifndef MODULES_TRAINING_CLASS_SCORES_H_
#define MODULES_TRAINING_CLASS_SCORES_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "modules/training/confusion_matrix.h"

namespace dl {

// All in [0, 1]; NaN where undefined.
struct Scores {
  double precision;  // of what is taken for the class, the share that is of it; undefined where nothing is taken for it
  double recall;     // of what is of the class, the share that is taken for it; undefined where nothing is of it
  double f1;         // 2 correct / (examples + predicted), the harmonic mean of both; undefined where neither exists
};

struct ClassScores {
  int64_t examples, predicted, correct;  // of the class, taken for it, both
  Scores scores;
};

// One entry a class.
std::vector<ClassScores> ScoreClasses(const ConfusionMatrix& matrix);

// The plain mean of each score over the classes for which it is defined, so that a rare class weighs as much as a
// frequent one; undefined where it is so for all. Macro F1 is the mean of the F1s, not the F1 of the means (of the two
// in J. Opitz, S. Burst: "Macro F1 and macro F1", 2019, the one that they recommend).
Scores MacroAverage(absl::Span<const ClassScores> classes);

}  // namespace dl

#endif  // MODULES_TRAINING_CLASS_SCORES_H_
