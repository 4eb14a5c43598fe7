// McNemar's test: whether one classifier is better than another, or only luckier with this test set.
//
// Q. McNemar: "Note on the sampling error of the difference between correlated proportions or percentages"
// (Psychometrika 12, 1947). T. G. Dietterich: "Approximate statistical tests for comparing supervised classification
// learning algorithms" (Neural Computation 10, 1998) recommends it for classifiers that are trained once.
#ifndef MODULES_TRAINING_MCNEMAR_H_
#define MODULES_TRAINING_MCNEMAR_H_

#include <cstdint>

#include "modules/training/predictions.h"

namespace dl {

struct McNemarResult {
  int64_t only_first, only_second;  // examples that only one of the two gets right: their disagreements
  // How probable disagreements at least as lopsided are among classifiers that are equally good, in [0, 1].
  double p_value;
  bool exact;        // whether p_value is the binomial distribution's or else, from 25 disagreements on, chi-square's
  double statistic;  // max(0, |only_first - only_second| - 1)² / (only_first + only_second), chi-square with one degree
                     // of freedom (the 1: A. L. Edwards, Psychometrika 13, 1948); 0 where they never disagree
};

// Both counts are >= 0.
McNemarResult McNemarTest(int64_t only_first, int64_t only_second);

// Of two classifiers' predictions for the same examples in the same order.
McNemarResult McNemarTest(const Predictions& first, const Predictions& second);

}  // namespace dl

#endif  // MODULES_TRAINING_MCNEMAR_H_
