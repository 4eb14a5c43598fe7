#include "modules/cnn/experiments/saliency_findings.h"

#include <utility>

#include "modules/cnn/deletion.h"
#include "modules/training/mean_cells.h"

namespace dl {

Table SaliencyFindings::Summary() const {
  Table table({"map", "test_accuracy_mean", "test_accuracy_std", "inside_mean", "inside_std", "area_mean", "area_std",
               "deletion_mean", "deletion_std", "deletion_random_mean", "deletion_random_std", "like_edges_mean",
               "like_edges_std", "last_random_mean", "last_random_std", "all_random_mean", "all_random_std", "n"});
  const auto areas_under = [&](size_t order) {
    std::vector<double> areas_of;
    for (const std::vector<double>& curve : curves[order]) areas_of.push_back(AreaUnder(curve));
    return areas_of;
  };
  const std::vector<double> none;
  for (size_t m = 0; m <= kEdgesMap; ++m) {
    const bool edges = m == kEdgesMap;
    std::vector<Cell> row = {kSaliencyNames[m]};
    for (const auto& values : {accuracies, inside[m], areas, areas_under(m), areas_under(kRandomOrder),
                               edges ? none : like_edges[m], edges ? none : correlations[m].front(),
                               edges ? none : correlations[m].back()}) {
      AppendMean(values, row);
    }
    row.push_back(accuracies.size());
    table.AddRow(std::move(row));
  }
  return table;
}

Table SaliencyFindings::Cascade() const {
  Table table({"map", "random_stages", "stage", "correlation_mean", "correlation_std", "n"});
  for (size_t m = 0; m < kSaliencyMethods; ++m) {
    for (size_t k = 0; k < stages.size(); ++k) {
      std::vector<Cell> row = {kSaliencyNames[m], k + 1, stages[k]};
      AppendMean(correlations[m][k], row);
      row.push_back(accuracies.size());
      table.AddRow(std::move(row));
    }
  }
  return table;
}

Table SaliencyFindings::Deletion() const {
  Table table({"order", "deleted", "probability_mean", "probability_std", "n"});
  for (size_t m = 0; m <= kRandomOrder; ++m) {
    const size_t steps = curves[m].front().size() - 1;
    for (size_t k = 0; k <= steps; ++k) {
      std::vector<double> values;
      for (const std::vector<double>& curve : curves[m]) values.push_back(curve[k]);
      std::vector<Cell> row = {kSaliencyNames[m], static_cast<double>(k) / static_cast<double>(steps)};
      AppendMean(values, row);
      row.push_back(accuracies.size());
      table.AddRow(std::move(row));
    }
  }
  return table;
}

}  // namespace dl
