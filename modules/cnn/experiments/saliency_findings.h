// What the experiment on saliency gathers, seed by seed, and the tables that it makes of that.
#ifndef MODULES_CNN_EXPERIMENTS_SALIENCY_FINDINGS_H_
#define MODULES_CNN_EXPERIMENTS_SALIENCY_FINDINGS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "modules/training/table.h"

namespace dl {

// The kinds of maps; behind them what knows no network: the picture's edges and, for deletion, random order.
inline constexpr size_t kSaliencyMethods = 4, kEdgesMap = 4, kRandomOrder = 5;
inline constexpr const char* kSaliencyNames[] = {"gradient", "smooth_grad", "grad_cam", "occlusion", "edges", "random"};
inline constexpr const char* kSaliencyTitles[kSaliencyMethods] = {"gradient", "SmoothGrad", "Grad-CAM", "occlusion"};

// Lists have an entry a seed.
struct SaliencyFindings {
  Table metrics{{"seed", "map", "random_stages", "stage", "correlation"}};
  std::vector<std::string> stages;         // in the order in which they are randomised
  std::vector<double> accuracies, areas;   // of the network; of the shapes, as a share of the picture
  std::vector<double> inside[kSaliencyMethods + 1], like_edges[kSaliencyMethods];    // by map
  std::vector<std::vector<double>> correlations[kSaliencyMethods];                   // [random stages - 1][seed]
  std::vector<std::vector<double>> curves[kSaliencyMethods + 2];                     // of deletion, [seed][step]
  std::string maps, randomized, class_images;                                        // sheets of pictures, as CSV

  Table Summary() const;   // one row a map, the edges last
  Table Cascade() const;   // one row a map and number of random stages
  Table Deletion() const;  // one row an order and share of deleted pixels
};

}  // namespace dl

#endif  // MODULES_CNN_EXPERIMENTS_SALIENCY_FINDINGS_H_
