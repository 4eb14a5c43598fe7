// bazel run //modules/cnn -- evaluate: all that can be said of a trained network's answers, and whether another is
// better.
#ifndef MODULES_CNN_COMMANDS_EVALUATE_H_
#define MODULES_CNN_COMMANDS_EVALUATE_H_

#include <string>
#include <vector>

#include "absl/status/status.h"

namespace dl {

// Tests the network of --checkpoint, a run's folder or a file in it, on the test set of the run or of --dataset, and
// tells on standard output. --against=ANOTHER tests that one too, and whether the two differ (McNemar); --temperature
// fits one on the first fifth of the test set and tests on the rest, without and with it.
//
// Into --output_dir, by default runs/cnn/evaluate, go run.json, metrics.csv with a row an answer, summary.csv with a
// row a network and temperature, the files of EvaluationFiles (those of the other one with "against_" before),
// mcnemar.csv and the figures. Errors are LoadTrainedNetwork's, LoadDataset's and CheckExamples'.
absl::Status Evaluate(const std::vector<std::string>& arguments);

}  // namespace dl

#endif  // MODULES_CNN_COMMANDS_EVALUATE_H_
