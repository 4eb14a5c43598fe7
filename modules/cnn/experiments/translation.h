// Does a network know a thing again where it has not seen it?
#ifndef MODULES_CNN_EXPERIMENTS_TRANSLATION_H_
#define MODULES_CNN_EXPERIMENTS_TRANSLATION_H_

#include <cstdint>
#include <string>
#include <vector>

#include "modules/cnn/experiments/image_task.h"
#include "modules/cnn/experiments/rate_choice.h"
#include "modules/cnn/experiments/shift_study.h"
#include "modules/training/experiment.h"

namespace dl {

// A multilayer perceptron, and a convolutional network (pooled_net.h) with several ways to pool and both heads, learn
// halved images in the middle of a black canvas of 32x32 pixels, and are then shown test images to the left and to the
// right of it. Some have also learned from images at random places. Adam with a cosine schedule, each at its own best
// learning rate, that of the lowest validation error, which is one of images in the middle.
//
//   summary.csv        each network, head and augmentation: outcome in the middle, parameters; over all displacements,
//                      shifted_accuracy, the mean, and consistency, how often the answers at two of them agree; and
//                      step_consistency, the same of two that are one pixel apart
//   metrics.csv        learning curves
//   displacements.csv  each displacement, in pixels to the right: accuracy, and agreement with the answers in the middle
//   equivariance.csv   each pooling's maps of 2, 4 and 8 pixels a place: how far they are from moving along with the
//                      image (EquivarianceError)
//   published.csv      consistencies that others measured
//   rates.csv          every learning rate
class Translation : public Experiment {
 public:
  std::string name() const override { return "translation"; }
  std::string question() const override { return "Does a network know a thing again where it has not seen it?"; }
  void AddFlags(FlagSet& flags) override;
  void UseDemoSize() override;
  void set_data_dir(const std::string& folder) override { data_dir_ = folder; }
  absl::StatusOr<ExperimentResult> Run(Progress& progress) override;

 private:
  struct Setting;
  struct Tables;

  absl::Status CheckFlags() const;
  absl::Status CheckImages(const Dataset& images) const;
  std::vector<Setting> Settings() const;
  Method MethodOf(const Setting& setting, const Dataset& train) const;
  absl::Status Add(const Setting& setting, const ImageData& data, const ShiftedImages& images, RateSearch search,
                   Tables& tables) const;

  std::vector<std::string> networks_ = {"mlp", "max", "average", "stride", "blur"};
  std::vector<std::string> heads_ = {"flatten", "global"};
  std::vector<std::string> augmented_ = {"mlp", "max"};
  int64_t hidden_ = 128;
  int64_t farthest_ = 8;
  std::vector<double> rates_ = {0.001, 0.003, 0.01, 0.03, 0.1};
  ImageTask task_ = {.held_out = true,
                     .dataset = "glyphs",
                     .train_size = 1000,
                     .validation_size = 300,
                     .test_size = 500,
                     .epochs = 16,
                     .batch_size = 25};
  std::string data_dir_;
};

}  // namespace dl

#endif  // MODULES_CNN_EXPERIMENTS_TRANSLATION_H_
