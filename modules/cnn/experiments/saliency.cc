#include "modules/cnn/experiments/saliency.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "absl/strings/str_cat.h"
#include "datasets/batches.h"
#include "datasets/shapes.h"
#include "modules/cnn/deletion.h"
#include "modules/cnn/experiments/saliency_findings.h"
#include "modules/cnn/experiments/saliency_sheets.h"
#include "modules/cnn/hand_made_kernels.h"
#include "modules/cnn/saliency.h"
#include "modules/cnn/small_cnn.h"
#include "modules/cnn/weight_stages.h"
#include "modules/optimizers/optimizer.h"
#include "modules/primitives/binary.h"
#include "modules/primitives/reduction.h"
#include "modules/primitives/reorder.h"
#include "modules/training/classifier.h"
#include "modules/training/flag_checks.h"
#include "modules/training/interrupt.h"
#include "modules/training/rank_correlation.h"
#include "modules/training/statistics.h"

namespace dl {
namespace {

constexpr int64_t kDeletionSteps = 32, kRandomOrders = 5, kShownPictures = 6, kMostPictures = 10'000,
                  kMostExamples = 1'000'000;
constexpr uint64_t kFresh = 1, kNoise = 2, kOrder = 3;  // generators that a seed is split into
Random TestShapes() { return Random(2); }

// The share of the positive part of `map` that lies in `mask`, both [H, W]; 0 of a map without such a part.
double InsideShare(const Tensor& map, const Tensor& mask) {
  double inside = 0, all = 0;
  for (int64_t i = 0; i < map.size(); ++i) {
    const double value = std::max(map.data()[i], 0.0f);
    inside += value * mask.data()[i];
    all += value;
  }
  return all > 0 ? inside / all : 0;
}

}  // namespace

// The pictures that are looked at, and what does not depend on the network.
struct Saliency::Looked {
  Tensor pictures, normalized;       // [N, C, H, W], as they are and as the network wants them
  std::vector<int64_t> predicted;    // what the trained network takes them for: the class that maps are of
  std::vector<Tensor> masks, edges;  // [H, W]

  Tensor Picture(int64_t i) const {
    const int64_t size = normalized.size() / normalized.dim(0);
    return Tensor::Of({1, normalized.dim(1), normalized.dim(2), normalized.dim(3)},
                      normalized.values().subspan(i * size, size));
  }
  int64_t size() const { return normalized.dim(0); }
};

void Saliency::AddFlags(FlagSet& flags) {
  flags.Add("train_size", &train_size_, "training examples");
  flags.Add("test_size", &test_size_, "test examples");
  flags.Add("epochs", &epochs_, "passes over the training set");
  flags.Add("batch_size", &batch_size_, "examples a step");
  flags.Add("widths", &widths_, "maps of each of the network's stages of two convolutions and a pool");
  flags.Add("pictures", &pictures_, "test pictures whose maps are judged");
  flags.Add("copies", &copies_, "noisy copies of a picture for SmoothGrad");
  flags.Add("ascent_steps", &ascent_steps_, "of gradient ascent, for the pictures that classes like best");
  flags.Add("learning_rate", &learning_rate_, "of Adam, at first; it falls to 0 along a cosine");
  flags.Add("seeds", &seeds_, "one network each; pictures are of the first");
}

void Saliency::UseDemoSize() {
  train_size_ = 1000;
  test_size_ = 100;
  epochs_ = 3;
  pictures_ = 6;
  copies_ = 10;
  ascent_steps_ = 40;
  widths_ = {8, 16, 32};
}

absl::Status Saliency::CheckFlags() const {
  if (absl::Status status = FirstError({WantsSome("widths", widths_), WantsBetween("widths", widths_, 1, kWidest)});
      !status.ok()) {
    return status;
  }
  if (widths_.size() > 4) {
    return absl::InvalidArgumentError(absl::StrCat("flag --widths wants 1 to 4 numbers, not ", widths_.size(),
                                                   ": each stage halves a picture of 32 x 32; try --widths=16,32,64"));
  }
  return FirstError({WantsBetween("train_size", train_size_, 1, kMostExamples),
                     WantsBetween("test_size", test_size_, 1, kMostExamples), WantsAtLeast("epochs", epochs_, 1),
                     WantsBetween("batch_size", batch_size_, 1, train_size_, "train_size"),
                     WantsBetween("pictures", pictures_, 1, std::min(kMostPictures, test_size_)),
                     WantsBetween("copies", copies_, 1, 1000), WantsBetween("ascent_steps", ascent_steps_, 1, 100'000),
                     WantsPositive("learning_rate", learning_rate_), WantsSeeds(seeds_)});
}

absl::Status Saliency::Train(Sequential& model, const TrainTest& data, uint64_t seed, Progress& progress) const {
  const int64_t steps = epochs_ * (train_size_ / batch_size_);
  const auto optimizer = Adam(Variables(model), {.rate = CosineDecay(learning_rate_, steps)});
  return TrainClassifier(model, *optimizer, data,
                         {.name = absl::StrCat("saliency, adam, rate ", learning_rate_, ", seed ", seed),
                          .epochs = epochs_,
                          .batch_size = batch_size_,
                          .seed = seed},
                         progress)
      .status();
}

// The four maps of picture i.
std::vector<Tensor> Saliency::MapsOf(Sequential& model, const Looked& looked, uint64_t seed, int64_t i) const {
  const Tensor x = looked.Picture(i);
  const int64_t label = looked.predicted[i];
  const size_t last_maps = WeightStages(model).back().first - 2;  // in front of the last pool
  return {GradientMap(model, x, label),
          SmoothGradMap(model, x, label, Random(seed).Split(kNoise).Split(i), {.copies = copies_}),
          GradCamMap(model, x, label, last_maps), OcclusionMap(model, x, label)};
}

// Deletion and the share inside, of the trained network's maps.
absl::Status Saliency::Judge(Sequential& model, const Looked& looked, const std::vector<std::vector<Tensor>>& maps,
                             uint64_t seed, SaliencyFindings& findings) const {
  std::vector<double> inside[kSaliencyMethods + 1], like_edges[kSaliencyMethods], areas;
  std::vector<std::vector<double>> curves(kSaliencyMethods + 2, std::vector<double>(kDeletionSteps + 1));
  for (int64_t i = 0; i < looked.size(); ++i) {
    if (absl::Status status = CheckInterrupt(); !status.ok()) return status;
    const Tensor x = looked.Picture(i);
    const auto add = [&](size_t order, const std::vector<int64_t>& pixels, int64_t orders) {
      const std::vector<double> curve = DeletionCurve(model, x, looked.predicted[i], pixels, kDeletionSteps);
      const auto share = static_cast<double>(orders * looked.size());
      for (size_t k = 0; k < curve.size(); ++k) curves[order][k] += curve[k] / share;
    };
    for (size_t m = 0; m <= kEdgesMap; ++m) {
      const Tensor& map = m == kEdgesMap ? looked.edges[i] : maps[i][m];
      add(m, MostSalientFirst(map), 1);
      inside[m].push_back(InsideShare(map, looked.masks[i]));
      if (m != kEdgesMap) like_edges[m].push_back(RankCorrelation(map.values(), looked.edges[i].values()));
    }
    Random random = Random(seed).Split(kOrder).Split(i);
    for (int64_t k = 0; k < kRandomOrders; ++k) {
      add(kRandomOrder, random.Permutation(looked.masks[i].size()), kRandomOrders);
    }
    areas.push_back(Reduce(Reduction::kMean, looked.masks[i]).item());
  }
  for (size_t m = 0; m <= kEdgesMap; ++m) findings.inside[m].push_back(Mean(inside[m]));
  for (size_t m = 0; m < kSaliencyMethods; ++m) findings.like_edges[m].push_back(Mean(like_edges[m]));
  for (size_t m = 0; m < curves.size(); ++m) findings.curves[m].push_back(std::move(curves[m]));
  findings.areas.push_back(Mean(areas));
  return absl::OkStatus();
}

// Randomises `model` from its last stage to its first, and compares its maps with the trained one's.
absl::Status Saliency::Randomize(Sequential& model, const Sequential& fresh, const Looked& looked,
                                 const std::vector<std::vector<Tensor>>& maps, uint64_t seed,
                                 SaliencyFindings& findings, Progress& progress) const {
  const std::vector<WeightStage> stages = WeightStages(model);
  std::vector<std::vector<Tensor>> first = {maps[0]};  // of the first picture, by random stages
  findings.stages.clear();
  for (size_t k = 0; k < stages.size(); ++k) {
    const WeightStage& stage = stages[stages.size() - 1 - k];
    progress.Part(absl::StrCat("seed ", seed, ", random: ", stage.name), k, stages.size());
    findings.stages.push_back(stage.name);
    CopyStage(stage, fresh, model);
    std::vector<double> correlations[kSaliencyMethods];
    for (int64_t i = 0; i < looked.size(); ++i) {
      if (absl::Status status = CheckInterrupt(); !status.ok()) return status;
      std::vector<Tensor> now = MapsOf(model, looked, seed, i);
      for (size_t m = 0; m < kSaliencyMethods; ++m) {
        correlations[m].push_back(RankCorrelation(now[m].values(), maps[i][m].values()));
      }
      if (i == 0) first.push_back(std::move(now));
    }
    for (size_t m = 0; m < kSaliencyMethods; ++m) {
      const double mean = Mean(correlations[m]);
      findings.metrics.AddRow({seed, kSaliencyNames[m], k + 1, stage.name, mean});
      findings.correlations[m].resize(stages.size());
      findings.correlations[m][k].push_back(mean);
    }
  }
  if (seed != seeds_.front()) return absl::OkStatus();
  PictureSheet sheet(looked.pictures.dim(2));
  for (size_t m = 0; m < kSaliencyMethods; ++m) {
    sheet.BeginLine(kSaliencyTitles[m]);
    for (size_t k = 0; k < first.size(); ++k) {
      const std::string title = k == 0 ? "trained" : "+ " + findings.stages[k - 1];
      sheet.Add(MapPicture(first[k][m]), m == 0 ? title : "");
    }
  }
  findings.randomized = sheet.ToCsv();
  return absl::OkStatus();
}

absl::StatusOr<ExperimentResult> Saliency::Run(Progress& progress) {
  if (absl::Status status = CheckFlags(); !status.ok()) return status;
  const ShapesOptions test_options = {.count = test_size_};
  const TrainTest data = {MakeShapes({.count = train_size_}, Random(1)), MakeShapes(test_options, TestShapes())};
  const Normalization normalization = ChannelNormalization(data.train);
  std::vector<int64_t> indices(pictures_);
  std::iota(indices.begin(), indices.end(), 0);
  Looked looked = {.pictures = MakeBatch(data.test, indices).inputs,
                   .normalized = MakeBatch(data.test, indices, normalization).inputs,
                   .predicted = {},
                   .masks = {},
                   .edges = {}};
  const Shape& image = data.train.example_shape;
  const Tensor edges = Reduce(Reduction::kMax, EdgeStrength(looked.pictures), {1});
  for (int64_t i = 0; i < pictures_; ++i) {
    const int64_t area = image[1] * image[2];
    looked.masks.push_back(Tensor::Of({image[1], image[2]}, ShapeMask(test_options, TestShapes(), i)));
    looked.edges.push_back(Tensor::Of({image[1], image[2]}, edges.values().subspan(i * area, area)));
  }
  SaliencyFindings findings;
  for (const uint64_t seed : seeds_) {
    const auto network = [&](Random random) { return SmallCnn(random, {.widths = widths_}); };
    Sequential model = network(Random(seed));
    if (absl::Status status = Train(model, data, seed, progress); !status.ok()) return status;
    findings.accuracies.push_back(Evaluate(model, data.test, normalization).accuracy);
    looked.predicted = ArgMax(ToPlain(model.Forward(looked.normalized, {}).value()));
    std::vector<std::vector<Tensor>> maps;
    for (int64_t i = 0; i < pictures_; ++i) maps.push_back(MapsOf(model, looked, seed, i));
    if (seed == seeds_.front()) {
      const std::vector<std::string> names(kSaliencyTitles, kSaliencyTitles + kSaliencyMethods);
      findings.maps =
          MapSheet(data.test, looked.pictures, looked.predicted, looked.masks, names, maps, kShownPictures).ToCsv();
      findings.class_images = ClassSheet(model, image, data.train.class_names, ascent_steps_, seed).ToCsv();
    }
    if (absl::Status status = Judge(model, looked, maps, seed, findings); !status.ok()) return status;
    const Sequential fresh = network(Random(seed).Split(kFresh));
    if (absl::Status status = Randomize(model, fresh, looked, maps, seed, findings, progress); !status.ok()) {
      return status;
    }
  }
  return ExperimentResult{.metrics = findings.metrics,
                          .summary = findings.Summary(),
                          .seeds = seeds_,
                          .datasets = {{"shapes", Fingerprint(data.train)}, {"shapes (test)", Fingerprint(data.test)}},
                          .files = {{"cascade.csv", findings.Cascade().ToCsv()},
                                    {"class_images.csv", findings.class_images},
                                    {"deletion.csv", findings.Deletion().ToCsv()},
                                    {"maps.csv", findings.maps},
                                    {"randomized.csv", findings.randomized}}};
}

}  // namespace dl
