#include "modules/training/confusion_matrix.h"

#include <algorithm>

#include "modules/base/check.h"

namespace dl {

int64_t ConfusionMatrix::RowTotal(int64_t truth) const {
  int64_t total = 0;
  for (int64_t c = 0; c < classes; ++c) total += at(truth, c);
  return total;
}

int64_t ConfusionMatrix::ColumnTotal(int64_t predicted) const {
  int64_t total = 0;
  for (int64_t c = 0; c < classes; ++c) total += at(c, predicted);
  return total;
}

double ConfusionMatrix::Share(int64_t truth, int64_t predicted) const {
  return static_cast<double>(at(truth, predicted)) / static_cast<double>(RowTotal(truth));
}

ConfusionMatrix CountConfusions(const Predictions& predictions) {
  const std::vector<int64_t> predicted = PredictedClasses(predictions);
  const int64_t classes = predictions.num_classes();
  ConfusionMatrix matrix{classes, std::vector<int64_t>(classes * classes)};
  for (size_t i = 0; i < predicted.size(); ++i) ++matrix.counts[predictions.labels[i] * classes + predicted[i]];
  return matrix;
}

std::vector<ConfusedPair> MostConfused(const ConfusionMatrix& matrix, int64_t most) {
  DL_CHECK(most >= 0) << "MostConfused: most is " << most;
  std::vector<ConfusedPair> pairs;
  for (int64_t truth = 0; truth < matrix.classes; ++truth) {
    for (int64_t predicted = 0; predicted < matrix.classes; ++predicted) {
      const int64_t count = matrix.at(truth, predicted);
      if (truth != predicted && count > 0) pairs.push_back({truth, predicted, count});
    }
  }
  std::stable_sort(pairs.begin(), pairs.end(), [](const auto& a, const auto& b) { return a.count > b.count; });
  if (static_cast<int64_t>(pairs.size()) > most) pairs.resize(most);
  return pairs;
}

}  // namespace dl
