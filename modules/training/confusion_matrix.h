// The confusion matrix: which class is taken for which.
#ifndef MODULES_TRAINING_CONFUSION_MATRIX_H_
#define MODULES_TRAINING_CONFUSION_MATRIX_H_

#include <cstdint>
#include <vector>

#include "modules/training/predictions.h"

namespace dl {

struct ConfusionMatrix {
  int64_t classes;              // K
  std::vector<int64_t> counts;  // row-major [K, K]: examples of the row's class that are taken for the column's

  int64_t at(int64_t truth, int64_t predicted) const { return counts[truth * classes + predicted]; }
  // Examples of a class, and examples taken for it.
  int64_t RowTotal(int64_t truth) const;
  int64_t ColumnTotal(int64_t predicted) const;
  // at(truth, predicted) / RowTotal(truth), in [0, 1]; NaN where the class has no examples.
  double Share(int64_t truth, int64_t predicted) const;
};

ConfusionMatrix CountConfusions(const Predictions& predictions);

struct ConfusedPair {
  int64_t truth, predicted;  // two different classes
  int64_t count;             // > 0
};

// The cells beside the diagonal that hold examples, the fullest first (of equally full ones the first in row-major
// order); at most `most`.
std::vector<ConfusedPair> MostConfused(const ConfusionMatrix& matrix, int64_t most);

}  // namespace dl

#endif  // MODULES_TRAINING_CONFUSION_MATRIX_H_
