// Batch normalisation as a layer: it gathers, while it trains, the statistics that it uses afterwards.
#ifndef MODULES_CNN_BATCH_NORM_H_
#define MODULES_CNN_BATCH_NORM_H_

#include <cstdint>
#include <optional>

#include "modules/backprop/layer.h"
#include "modules/cnn/ops.h"

namespace dl {

struct BatchNorm2dOptions {
  float epsilon = 1e-5f;  // added to the variance
  bool relu = false;      // a ReLU behind it, in the same pass over memory
  // The share of the running averages that each batch replaces: running ← (1 - momentum) running + momentum · batch.
  double momentum = 0.1;
};

// When a normalisation does what it does in training.
enum class When { kInTraining, kAlways, kNever };

// Whose statistics a normalisation uses and whether it gathers them. As it stands, what training and evaluation mean; a
// network that is frozen or adapted wants other mixtures.
struct BatchNormMode {
  When batch_statistics = When::kInTraining;  // normalise by the batch; else by the running averages
  When gather = When::kInTraining;            // move the running averages, before they are used
  std::optional<double> momentum = {};        // instead of the options'
};

// Ioffe & Szegedy 2015. Training normalises by the statistics of the batch; evaluation by their running averages, the
// variance's without bias (divided by N H W - 1), as PyTorch keeps it. x, y: [N, channels, H, W] or [N, channels].
// Parameters: weight (ones) and bias (zeros), [channels]. Buffers: running_mean (zeros), running_var (ones).
class BatchNorm2d : public Layer {
 public:
  explicit BatchNorm2d(int64_t channels, const BatchNorm2dOptions& options = {});

  Variable Forward(const Variable& x, const Pass& pass) override;

  // max(Forward(x) + around, 0), the end of a residual block, with less memory in training. around: x's shape; for a
  // layer without a ReLU of its own.
  Variable ForwardAddReLU(const Variable& x, const Variable& around, const Pass& pass);
  std::vector<Parameter> Parameters() const override { return {{"weight", scale_}, {"bias", shift_}}; }
  std::vector<Parameter> Buffers() const override { return {{"running_mean", mean_}, {"running_var", variance_}}; }

  const BatchNormMode& mode() const { return mode_; }
  void set_mode(const BatchNormMode& mode) { mode_ = mode; }

 private:
  void Gather(const BatchStatistics& batch, int64_t examples);

  BatchNormalizationOptions options_;
  double momentum_;
  BatchNormMode mode_;
  Variable scale_, shift_, mean_, variance_;
};

}  // namespace dl

#endif  // MODULES_CNN_BATCH_NORM_H_
