// Bands: the mean and the standard deviation of every measurement over the seeds, as gnuplot reads them.
#ifndef TOOLS_PLOT_BANDS_H_
#define TOOLS_PLOT_BANDS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "tools/results/csv.h"

namespace dl {

struct BandsOptions {
  std::vector<std::string> group = {"dataset", "model"};  // rows that agree in these columns make one curve
  std::string x = "epoch";                                // the curve's argument
  std::string sample = "seed";                            // averaged over, so left out
};

// One block per group of the rows of all `tables`, blocks separated by two empty lines (gnuplot's `index`). A block's
// header holds the group's label, then NAME_mean and NAME_std for every column NAME that is left; its rows hold x,
// which increases, then the means and the standard deviations (n - 1 in the denominator; 0 for a single sample). A
// label names what tells the groups apart. An empty field is no sample; no samples at all are NaN. InvalidArgument
// where a column of `options` is missing, DataLoss where a measurement is no number.
absl::StatusOr<std::string> Bands(const std::vector<CsvTable>& tables, const BandsOptions& options);

}  // namespace dl

#endif  // TOOLS_PLOT_BANDS_H_
