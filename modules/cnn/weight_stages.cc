#include "modules/cnn/weight_stages.h"

#include "absl/strings/str_cat.h"
#include "modules/base/check.h"

namespace dl {
namespace {

void CopyValues(const std::vector<Parameter>& from, std::vector<Parameter> to) {
  DL_CHECK(from.size() == to.size()) << "CopyStage: " << from.size() << " tensors for " << to.size();
  for (size_t i = 0; i < from.size(); ++i) {
    DL_CHECK(from[i].variable.shape() == to[i].variable.shape())
        << "CopyStage: " << from[i].name << " is " << ToString(from[i].variable.shape()) << " in one network, "
        << ToString(to[i].variable.shape()) << " in the other";
    to[i].variable.mutable_value() = from[i].variable.value();
  }
}

}  // namespace

std::vector<WeightStage> WeightStages(const Sequential& net) {
  std::vector<WeightStage> stages;
  int convolutions = 0, dense = 0;
  for (size_t i = 0; i < net.layers().size(); ++i) {
    const std::vector<Parameter> parameters = net.layers()[i]->Parameters();
    const size_t rank = parameters.empty() ? 0 : parameters.front().variable.shape().size();
    if (rank == 4) stages.push_back({absl::StrCat("conv", ++convolutions), i, i});
    if (rank == 2) stages.push_back({absl::StrCat("dense", ++dense), i, i});
    if (!stages.empty()) stages.back().end = i + 1;
  }
  return stages;
}

void CopyStage(const WeightStage& stage, const Sequential& from, Sequential& to) {
  DL_CHECK(stage.end <= from.layers().size() && from.layers().size() == to.layers().size())
      << "CopyStage: networks of " << from.layers().size() << " and " << to.layers().size() << " layers";
  for (size_t i = stage.first; i < stage.end; ++i) {
    CopyValues(from.layers()[i]->Parameters(), to.layers()[i]->Parameters());
    CopyValues(from.layers()[i]->Buffers(), to.layers()[i]->Buffers());
  }
}

}  // namespace dl
