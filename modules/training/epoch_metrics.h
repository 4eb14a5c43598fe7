// What an epoch measures.
#ifndef MODULES_TRAINING_EPOCH_METRICS_H_
#define MODULES_TRAINING_EPOCH_METRICS_H_

#include <algorithm>
#include <cstdint>

namespace dl {

struct Evaluation {
  double loss = 0;      // the mean of the loss; nats for cross-entropy
  double accuracy = 0;  // share of examples whose largest logit is the label's
};

struct EpochMetrics {
  int64_t epoch;     // 1 for the first
  Evaluation train;  // the mean over the epoch's batches as they were met, the network changing meanwhile
  Evaluation test;   // after the epoch
};

// Sums what batches say, weighted by their examples.
struct EpochMean {
  double loss = 0;
  int64_t correct = 0, examples = 0;

  void Add(double batch_loss, int64_t batch_correct, int64_t batch_examples) {
    loss += batch_loss * static_cast<double>(batch_examples);
    correct += batch_correct;
    examples += batch_examples;
  }
  Evaluation mean() const {
    const double n = static_cast<double>(std::max<int64_t>(examples, 1));
    return {loss / n, static_cast<double>(correct) / n};
  }
};

}  // namespace dl

#endif  // MODULES_TRAINING_EPOCH_METRICS_H_
