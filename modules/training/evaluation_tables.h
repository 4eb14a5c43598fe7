// Everything that is said of a classifier's predictions, as the tables and files that an experiment returns.
//
//   const absl::StatusOr<Predictions> predictions = Predict(model, test, normalization);
//   ...
//   result.summary.AddRow(...);  // from ScoreTest(*predictions)
//   result.files.merge(EvaluationFiles(*predictions, test, "resnet_"));
#ifndef MODULES_TRAINING_EVALUATION_TABLES_H_
#define MODULES_TRAINING_EVALUATION_TABLES_H_

#include <map>
#include <string>

#include "datasets/dataset.h"
#include "modules/training/accuracy.h"
#include "modules/training/class_scores.h"
#include "modules/training/predictions.h"
#include "modules/training/table.h"

namespace dl {

struct TestScores {
  Accuracy top1, top5;
  Scores macro;     // over the classes
  double ece, mce;  // of 15 bins; see calibration.h
};
TestScores ScoreTest(const Predictions& predictions);

// All shares are in [0, 1]; what is undefined is an empty cell. Every table has a row at least.
struct EvaluationTables {
  // One row: examples, accuracy, accuracy_low and accuracy_high (95 %), top5_accuracy, macro_precision, macro_recall,
  // macro_f1, ece, mce.
  Table summary;
  Table per_class;    // one row a class: class, examples, predicted, correct, precision, recall, f1
  Table confusion;    // K² rows, row-major: true, predicted, count, share (of the examples of the true class)
  Table confused;     // the ten most confused pairs: true, predicted, count, share; one of count 0 where there are none
  Table reliability;  // one row a bin: low, high, examples, confidence, accuracy
};
EvaluationTables TabulateEvaluation(const Predictions& predictions);

// Name → content for ExperimentResult.files, each name after `prefix`: per_class.csv, confusion.csv, confused.csv,
// reliability.csv, and errors.png where `dataset`, of which `predictions` are, HoldsImages. confusion.csv and
// reliability.csv are what //tools/plot:confusion_matrix.gp and reliability.gp draw.
std::map<std::string, std::string> EvaluationFiles(const Predictions& predictions, const Dataset& dataset,
                                                   const std::string& prefix = "");

}  // namespace dl

#endif  // MODULES_TRAINING_EVALUATION_TABLES_H_
